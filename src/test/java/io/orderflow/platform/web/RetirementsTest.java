package io.orderflow.platform.web;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.orderflow.platform.spi.Retired;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

class RetirementsTest {

    private final MockMvc http =
            MockMvcBuilders.standaloneSetup(new Museum()).addInterceptors(new Retirements()).build();

    @RestController
    static class Museum {

        @Retired(since = "2026-11-01", sunset = "2027-11-01", successor = "/v2/paintings")
        @GetMapping("/v1/paintings")
        String leaving() {
            return "old";
        }

        @Retired(since = "2026-11-01")
        @GetMapping("/v1/frames")
        String undecided() {
            return "old";
        }

        @GetMapping("/v2/paintings")
        String staying() {
            return "new";
        }
    }

    @Test
    void a_method_that_is_to_go_says_so_in_each_answer() throws Exception {
        http.perform(get("/v1/paintings")).andExpect(status().isOk())
                .andExpect(header().string("Deprecation", "@1793491200"))
                .andExpect(header().string("Sunset", "Mon, 01 Nov 2027 00:00:00 GMT"))
                .andExpect(header().string("Link", "</v2/paintings>; rel=\"successor-version\""));
    }

    @Test
    void its_end_and_what_follows_may_be_open() throws Exception {
        http.perform(get("/v1/frames")).andExpect(header().exists("Deprecation"))
                .andExpect(header().doesNotExist("Sunset")).andExpect(header().doesNotExist("Link"));
    }

    @Test
    void all_others_say_nothing() throws Exception {
        http.perform(get("/v2/paintings")).andExpect(header().doesNotExist("Deprecation"));
    }
}
