package io.orderflow.platform.web.request;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.accept.ContentNegotiationStrategy;
import org.springframework.web.accept.HeaderContentNegotiationStrategy;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Reads {@code Accept}: of types with the same quality JSON comes first. Checks it before an endpoint does anything,
 * not after.
 */
final class AcceptedTypes implements ContentNegotiationStrategy, HandlerInterceptor {

    private static final MediaType JSON = MediaType.APPLICATION_JSON;
    private static final Comparator<MediaType> WANTED_MOST = Comparator.comparing(MediaType::getQualityValue).reversed()
            .thenComparing(MediaType::isWildcardType).thenComparing(MediaType::isWildcardSubtype)
            .thenComparing(type -> !isJson(type));

    private final ContentNegotiationStrategy header = new HeaderContentNegotiationStrategy();

    /** Names JSON also where only a wildcard includes it. */
    @Override
    public List<MediaType> resolveMediaTypes(NativeWebRequest request) throws HttpMediaTypeNotAcceptableException {
        var types = new ArrayList<>(header.resolveMediaTypes(request));
        types.sort(WANTED_MOST);
        if (types.stream().noneMatch(AcceptedTypes::isJson)) {
            types.stream().filter(type -> type.includes(JSON)).findFirst()
                    .ifPresent(wildcard -> types.add(types.indexOf(wildcard), JSON.copyQualityValue(wildcard)));
        }
        types.removeIf(type -> type.getQualityValue() == 0 || isJson(type) && !isUtf8(type));
        types.replaceAll(type -> isJson(type) ? JSON.copyQualityValue(type) : type);
        if (types.isEmpty()) {
            // With an empty list Spring would answer no problem document either
            throw new HttpMediaTypeNotAcceptableException(List.of(JSON));
        }
        return types;
    }

    private static boolean isJson(MediaType type) {
        return type.equalsTypeAndSubtype(JSON);
    }

    private static boolean isUtf8(MediaType type) {
        return type.getCharset() == null || type.getCharset().equals(StandardCharsets.UTF_8);
    }

    /** An endpoint that does not declare what it produces answers JSON. */
    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws HttpMediaTypeNotAcceptableException {
        boolean answersJson = request.getAttribute(HandlerMapping.PRODUCIBLE_MEDIA_TYPES_ATTRIBUTE) == null;
        if (answersJson && handler instanceof HandlerMethod
                && resolveMediaTypes(new ServletWebRequest(request)).stream().noneMatch(AcceptedTypes::isJson)) {
            throw new HttpMediaTypeNotAcceptableException(List.of(JSON));
        }
        return true;
    }
}
