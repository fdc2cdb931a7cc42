package io.orderflow.platform.replay;

import io.orderflow.shared.Refusal;
import io.orderflow.shared.RequestIdentity;
import java.net.URI;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Starts replays of projections and shows the last one of each. */
@RestController
@RequestMapping(ReplayController.PATH)
class ReplayController {

    static final String PATH = "/v1/operations/processors/{name}/replay";

    private static final String RETRY_SECONDS = "1";

    private final Projections projections;
    private final Replays replays;

    ReplayController(Projections projections, Replays replays) {
        this.projections = projections;
        this.replays = replays;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    ResponseEntity<ReplayView> start(@PathVariable String name, RequestIdentity request) {
        Replay replay = replays.start(request.id("rpl_"), projections.require(name));
        return ResponseEntity.accepted().header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                .location(URI.create(PATH.replace("{name}", name))).body(replay.view());
    }

    @GetMapping
    ReplayView last(@PathVariable String name) {
        return replays.last(projections.require(name).name()).orElseThrow(() -> new Refusal(
                Refusal.Kind.NOT_FOUND, "no_replay",
                "'%s' has not been replayed since the application started; POST starts a replay.".formatted(name)))
                .view();
    }
}
