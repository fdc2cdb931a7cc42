package io.orderflow.platform.web;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.converter.ConverterFactory;

/** Reads enumerations in a query as they are written in a body: in small letters. */
@SuppressWarnings("rawtypes")
final class EnumerationTexts implements ConverterFactory<String, Enum> {

    @Override
    public <T extends Enum> Converter<String, T> getConverter(Class<T> type) {
        return text -> Stream.of(type.getEnumConstants())
                .filter(constant -> text(constant).equals(text)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("None of " + type.getSimpleName()));
    }

    /** All texts that stand for a constant of this enumeration. */
    static Set<String> of(Class<?> type) {
        return Stream.of(type.getEnumConstants()).map(constant -> text((Enum) constant)).collect(Collectors.toSet());
    }

    private static String text(Enum constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
