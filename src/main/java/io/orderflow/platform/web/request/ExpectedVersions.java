package io.orderflow.platform.web.request;

import io.orderflow.platform.web.response.EntityTag;
import io.orderflow.shared.ExpectedVersion;
import io.orderflow.shared.Refusal;
import java.util.List;

/** Reads the version that a request expects, from {@code If-Match}. */
final class ExpectedVersions {

    private ExpectedVersions() {
    }

    static ExpectedVersion of(List<String> ifMatch) {
        if (ifMatch.isEmpty() || ifMatch.size() == 1 && EntityTag.isAny(ifMatch.get(0))) {
            return ExpectedVersion.ANY;
        }
        if (ifMatch.size() > 1 || ifMatch.get(0).contains(",")) {
            throw new Refusal(Refusal.Kind.MALFORMED, "invalid_if_match",
                    "Send one ETag of this API in 'If-Match', or '*'.");
        }
        return EntityTag.version(ifMatch.get(0)).map(ExpectedVersion::new).orElse(ExpectedVersion.NONE);
    }
}
