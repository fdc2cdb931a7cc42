package io.orderflow.operations;

import io.orderflow.platform.spi.Cursor;
import io.orderflow.shared.Page;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import org.hibernate.validator.constraints.CodePointLength;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** REST API of the dead letters: show, retry, discard. */
@RestController
@RequestMapping("/v1/operations/dead-letters")
class DeadLetterController {

    private final DeadLetterRows rows;
    private final DeadLetters letters;

    DeadLetterController(DeadLetterRows rows, DeadLetters letters) {
        this.rows = rows;
        this.letters = letters;
    }

    record DeadLetterPage(List<DeadLetterView> items, @Nullable String next) implements Page {
    }

    @GetMapping
    DeadLetterPage list(@RequestParam(required = false) @Nullable @CodePointLength(max = 128) String group,
            @RequestParam(required = false) @Nullable @CodePointLength(max = 512) String cursor,
            @RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit) {
        return Page.of(rows.heads(group, Cursor.place(cursor, DeadLetterRows.FIRST), limit + 1), limit,
                letter -> Cursor.after(letter.parkedSince(), letter.id()), DeadLetterPage::new);
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
