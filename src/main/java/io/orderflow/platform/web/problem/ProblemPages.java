package io.orderflow.platform.web.problem;

import io.orderflow.platform.web.problem.ProblemCatalogue.Entry;
import io.orderflow.shared.Refusal;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/** A page for each problem, to which the {@code type} of its document leads. */
@RestController
@RequestMapping("/problems")
class ProblemPages {

    private static final String TEXT = MediaType.TEXT_PLAIN_VALUE + ";charset=UTF-8";
    private static final String HTML = MediaType.TEXT_HTML_VALUE + ";charset=UTF-8";

    /** Plain text, and HTML for browsers. */
    @GetMapping(path = "/{code}", produces = {TEXT, HTML})
    ResponseEntity<String> about(@PathVariable String code,
            @RequestHeader(name = HttpHeaders.ACCEPT, defaultValue = MediaType.ALL_VALUE) String accept) {
        Entry problem = ProblemCatalogue.find(code).orElseThrow(() -> new Refusal(Refusal.Kind.NOT_FOUND, "not_found",
                "No problem has this code; /problems lists all codes."));
        boolean html = accept.contains(MediaType.TEXT_HTML_VALUE);
        return ResponseEntity.ok().contentType(MediaType.parseMediaType(html ? HTML : TEXT))
                .body(html ? page(problem) : text(problem));
    }

    @GetMapping(produces = HTML)
    String index() {
        return page("Problems", ProblemCatalogue.all().stream()
                .map(problem -> "<li><a href=\"/problems/%1$s\">%1$s</a> (%2$s)</li>".formatted(problem.code(),
                        problem.status()))
                .collect(Collectors.joining("", "<ul>", "</ul>")));
    }

    private static String text(Entry problem) {
        return "%s (%s)%n%n%s%n%s%n".formatted(problem.code(), problem.status(), problem.means(), problem.remedy());
    }

    private static String page(Entry problem) {
        return page(problem.code(), "<p>HTTP status %s</p><p>%s</p><p>%s</p>".formatted(problem.status(),
                HtmlUtils.htmlEscape(problem.means()), HtmlUtils.htmlEscape(problem.remedy())));
    }

    private static String page(String title, String content) {
        return "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>%1$s</title><h1>%1$s</h1>%2$s</html>"
                .formatted(title, content);
    }
}
