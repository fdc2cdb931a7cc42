package io.orderflow;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import io.orderflow.shared.StoredAs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.web.bind.annotation.RestController;

/**
 * All messages with what they mean, what they carry, who sends them and who hears them, as a document.
 *
 * @param sources directory of the sources, for what only they say
 */
record MessageCatalogue(JavaClasses classes, Path sources) {

    private static final Pattern SENTENCE = Pattern.compile("^(.*?[.!?])(\\s|$)");

    /** The document, in Markdown. */
    String document() {
        var document = new StringBuilder("""
                # Messages

                Every command, event and query, by the module that owns it. Written by `ArchitectureTest` from the
                sources; it fails when this file is stale, and rewrites it with
                `./mvnw test -Dtest=ArchitectureTest -Dorderflow.docs.update=true`.

                *Sent by* and *asked by* name the sender: `REST` or a module. *Handled by* names the command's
                handler, or the processing groups of an event.
                """);
        for (String module : Stream.concat(ArchitectureRules.LEAVES.stream(), ArchitectureRules.TOP.stream()).toList()) {
            var tables = table("Command", "What it asks for", messages(module, "command"),
                            new Column("Sent by", this::senders), new Column("Handled by",
                                    command -> handlers(command, CommandHandler.class, JavaClass::getSimpleName)))
                    + table("Event", "What is true afterwards", messages(module, "event"),
                            new Column("Handled by", this::listeners))
                    + table("Query", "What it asks for", messages(module, "query"),
                            new Column("Asked by", this::senders), new Column("Answer", this::answer));
            if (!tables.isEmpty()) {
                document.append("\n## ").append(module).append('\n').append(tables);
            }
        }
        return document.toString();
    }

    /** One of a table that not all tables have. */
    private record Column(String title, Function<JavaClass, String> value) {
    }

    private String table(String kind, String meaning, List<JavaClass> messages, Column... more) {
        if (messages.isEmpty()) {
            return "";
        }
        var columns = Stream.concat(Stream.of(new Column(kind, message -> '`' + message.getSimpleName() + '`'),
                new Column(meaning, this::meaning), new Column("Carries", message -> payload(message.reflect()))),
                Arrays.stream(more)).toList();
        return '\n' + row(columns.stream().map(Column::title)) + "|---".repeat(columns.size()) + "|\n"
                + messages.stream().map(message -> row(columns.stream().map(column -> column.value().apply(message))))
                        .collect(Collectors.joining());
    }

    private static String row(Stream<String> cells) {
        return cells.collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    /** Records of the package that are messages and not parts of messages. */
    private List<JavaClass> messages(String module, String kind) {
        return classes.stream().filter(type -> type.getPackageName().equals("io.orderflow." + module + '.' + kind))
                .filter(type -> type.isRecord() && type.isTopLevelClass())
                .filter(type -> switch (kind) {
                    case "event" -> type.isAnnotatedWith(StoredAs.class);
                    case "query" -> !methods(type, QueryHandler.class).isEmpty();
                    default -> true;
                })
                .sorted(Comparator.comparing(JavaClass::getSimpleName)).toList();
    }

    /** The first sentence of its Javadoc. */
    private String meaning(JavaClass message) {
        Path source = sources.resolve(message.getName().replace('.', '/') + ".java");
        try {
            String text = Files.readString(source);
            String comment = text.substring(text.indexOf("/**") + 3, text.indexOf("*/"))
                    .replaceAll("\\n\\s*\\*", " ").replaceAll("\\{@(?:link|code)\\s+([^}]*)}", "`$1`")
                    .replaceAll("\\s+@param.*", "").replaceAll("\\s+", " ").strip();
            var sentence = SENTENCE.matcher(comment);
            return sentence.find() ? sentence.group(1) : comment;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String payload(Class<?> message) {
        return Arrays.stream(message.getRecordComponents())
                .map(component -> component.getName() + ": " + name(component.getGenericType()))
                .collect(Collectors.joining(", ", "`", "`"));
    }

    private String senders(JavaClass message) {
        return join(message.getConstructorCallsToSelf().stream().map(JavaAccess::getOriginOwner)
                .filter(sender -> !sender.getPackage().equals(message.getPackage()))
                .map(this::sender));
    }

    private String sender(JavaClass sender) {
        boolean rest = Stream.concat(Stream.of(sender),
                        sender.getDirectDependenciesToSelf().stream().map(Dependency::getOriginClass))
                .anyMatch(type -> type.isAnnotatedWith(RestController.class));
        return rest ? "REST" : module(sender);
    }

    private String listeners(JavaClass event) {
        return join(classes.stream().flatMap(type -> type.getMethods().stream())
                .filter(method -> method.isAnnotatedWith(EventHandler.class)
                        || method.isAnnotatedWith(SagaEventHandler.class))
                .filter(method -> event.isAssignableTo(method.getRawParameterTypes().get(0).getName()))
                .map(JavaMember::getOwner)
                .map(owner -> owner.tryGetAnnotationOfType(ProcessingGroup.class).map(ProcessingGroup::value)
                        .orElseGet(() -> module(owner))));
    }

    private String answer(JavaClass query) {
        return join(methods(query, QueryHandler.class).stream().map(method -> name(method.reflect()
                .getGenericReturnType())));
    }

    private String handlers(JavaClass message, Class<? extends Annotation> handler, Function<JavaClass, String> name) {
        return join(methods(message, handler).stream().map(JavaMember::getOwner).map(name));
    }

    private static List<JavaMethod> methods(JavaClass message, Class<? extends Annotation> handler) {
        return message.getMethodsWithParameterTypeOfSelf().stream().filter(method -> method.isAnnotatedWith(handler)
                && !method.getModifiers().contains(JavaModifier.SYNTHETIC)).toList();
    }

    private static String join(Stream<String> names) {
        return names.distinct().sorted().map(name -> '`' + name + '`').collect(Collectors.joining(", "))
                .replace("`REST`", "REST");
    }

    private static String module(JavaClass type) {
        return type.getPackageName().split("\\.")[2];
    }

    private static String name(Type type) {
        if (type instanceof ParameterizedType generic) {
            return name(generic.getRawType()) + Arrays.stream(generic.getActualTypeArguments())
                    .map(MessageCatalogue::name).collect(Collectors.joining(", ", "<", ">"));
        }
        return ((Class<?>) type).getSimpleName();
    }
}
