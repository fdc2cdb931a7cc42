package io.orderflow.order;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.test.context.TestPropertySource;

/** This module and the platform over HTTP on a database in memory: no stock, no money, no saga. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ApplicationModuleTest(extraIncludes = {"platform", "shared"}, webEnvironment = WebEnvironment.RANDOM_PORT)
@TestPropertySource(properties = {
        "spring.datasource.url=jdbc:h2:mem:order;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000",
        "orderflow.store.durability=best-effort",
        "orderflow.catch-up=5s",
        "spring.mvc.async.request-timeout=500ms"})
@interface OrderModule {
}
