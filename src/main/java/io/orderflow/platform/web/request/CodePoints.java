package io.orderflow.platform.web.request;

import io.orderflow.shared.StorableText;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.constraints.Size;
import org.hibernate.validator.HibernateValidatorConfiguration;
import org.springframework.boot.autoconfigure.validation.ValidationConfigurationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Measures text in the characters of the published description, code points: an emoji is one and not two. */
class CodePoints implements ConstraintValidator<Size, String> {

    private Size size;

    @Override
    public void initialize(Size constraint) {
        size = constraint;
    }

    @Override
    public boolean isValid(String text, ConstraintValidatorContext context) {
        return text == null || size.min() <= StorableText.length(text) && StorableText.length(text) <= size.max();
    }

    /** Puts this in the place of what Hibernate Validator has for texts; lists are measured as ever. */
    @Configuration(proxyBeanMethods = false)
    static class Installation {

        @Bean
        ValidationConfigurationCustomizer codePoints() {
            return configuration -> {
                var hibernate = (HibernateValidatorConfiguration) configuration;
                var mapping = hibernate.createConstraintMapping();
                mapping.constraintDefinition(Size.class).includeExistingValidators(true)
                        .validatedBy(CodePoints.class);
                hibernate.addMapping(mapping);
            };
        }
    }
}
