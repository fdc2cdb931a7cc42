package io.orderflow.operations;

import io.orderflow.shared.Page;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Events that could not be handled: to be looked at, tried again or given up. */
@RestController
@RequestMapping("/v1/operations/dead-letters")
class DeadLetterController {

    private final DeadLetterRows rows;
    private final DeadLetters letters;

    DeadLetterController(DeadLetterRows rows, DeadLetters letters) {
        this.rows = rows;
        this.letters = letters;
    }

    /** @param next cursor of the page that follows, null on the last */
    record DeadLetterPage(List<DeadLetterView> items, String next) implements Page {
    }

    @GetMapping
    DeadLetterPage list(@RequestParam(required = false) @Size(max = 128) String group,
            @RequestParam(required = false) @Size(max = 512) String cursor,
            @RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit) {
        List<DeadLetterView> found = rows.heads(group, cursor, limit + 1);
        boolean more = found.size() > limit;
        var items = more ? found.subList(0, limit) : found;
        return new DeadLetterPage(items, more ? DeadLetterRows.cursor(items.get(limit - 1)) : null);
    }

    @GetMapping("/{id}")
    DeadLetterView one(@PathVariable String id) {
        return letters.require(id);
    }

    @PostMapping("/{id}/retry")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void retry(@PathVariable String id) {
        letters.retry(id);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void discard(@PathVariable String id) {
        letters.discard(id);
    }
}
