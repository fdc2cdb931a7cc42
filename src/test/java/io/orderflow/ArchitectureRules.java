package io.orderflow;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.orderflow.shared.OrderFact;
import io.orderflow.shared.PaymentFact;
import io.orderflow.shared.SkuFact;
import io.orderflow.shared.StockFact;
import io.orderflow.shared.StoredAs;
import jakarta.annotation.Resource;
import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.queryhandling.QueryHandler;
import org.axonframework.spring.stereotype.Aggregate;
import org.axonframework.spring.stereotype.Saga;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/**
 * The rules that the classes of the application keep; each fails when there is nothing that it applies to.
 *
 * @param root the package that holds the modules
 */
record ArchitectureRules(String root) {

    /** Own their aggregates, and see no other module. */
    static final List<String> LEAVES = List.of("order", "payment", "inventory");
    /** Stand on top: nothing depends on them. */
    static final List<String> TOP = List.of("fulfillment", "tracking", "overview", "operations", "audit");
    /** Stand below or aside: no business. */
    static final List<String> GROUND = List.of("shared", "platform", "sandbox");

    private static final Set<String> TIME_AND_CHANCE = Set.of("java.time.Instant.now", "java.time.LocalDate.now",
            "java.time.LocalDateTime.now", "java.time.OffsetDateTime.now", "java.time.ZonedDateTime.now",
            "java.time.Clock.systemUTC", "java.time.Clock.systemDefaultZone", "java.util.Date.<init>",
            "java.lang.System.currentTimeMillis", "java.util.UUID.randomUUID", "java.lang.Math.random");

    /** Modulith hides sub-packages from other modules, and {@code verify()} what lies beside the named interfaces. */
    ArchRule onlyMessagesAndValuesArePublic(String... exceptions) {
        return classes().that().arePublic().and().areTopLevelClasses()
                .and().resideOutsideOfPackages(inEach("command"), inEach("event"), inEach("query"), in("shared"),
                        in("platform.spi"))
                .should(be(describe("used by another package of its module, or one of " + List.of(exceptions),
                        type -> isUsedInItsModule(type) || List.of(exceptions).contains(type.getFullName()))));
    }

    ArchRule messagesCarryNoBehaviour() {
        return classes().that().resideInAnyPackage(inEach("command"), inEach("event"), inEach("query"))
                .and().doNotHaveSimpleName("package-info")
                .should().beRecords().orShould().beEnums().orShould().beInterfaces();
    }

    ArchRule valuesAreFreeOfFrameworksAndIo() {
        return classes().that().resideInAPackage(in("shared")).and().doNotHaveSimpleName("package-info")
                .should().onlyDependOnClassesThat(resideInAnyPackage(in("shared"), "java.lang..", "java.util..",
                        "java.time..", "java.math..", "java.nio.charset..", "java.security..",
                        "com.fasterxml.jackson.annotation..", "org.jspecify.annotations.."));
    }

    /** @param others the modules that it may see beside itself */
    ArchRule seesOnly(String module, String... others) {
        String[] visible = Stream.concat(Stream.of(module), Arrays.stream(others)).map(this::in).toArray(String[]::new);
        return noClasses().that().resideInAPackage(in(module))
                .should().dependOnClassesThat(resideInAPackage(root + "..").and(not(resideInAnyPackage(visible))))
                .as("%s should see only %s".formatted(module, List.of(others)));
    }

    /** But for the application itself, which only hands over to what a command line asks for. */
    ArchRule nothingDependsOn(String module) {
        return noClasses().that().resideInAPackage(root + ".*..").and().resideOutsideOfPackage(in(module))
                .should().dependOnClassesThat().resideInAPackage(in(module));
    }

    ArchRule eventsAreRecordsUnderAStoredName() {
        return classes().that().resideInAPackage(inEach("event")).and(describe("state a fact", type ->
                        isFact(type) || type.isAnnotatedWith(StoredAs.class)))
                .should().beRecords().andShould(be(describe("a fact about an order or a SKU", this::isFact)))
                .andShould(be(describe("stored as <module>.<name>", this::isStoredUnderItsName)));
    }

    ArchRule moneyIsNeverFloatingPoint(String... modules) {
        var places = Arrays.stream(modules).map(this::in).toArray(String[]::new);
        DescribedPredicate<JavaClass> floating = describe("floating point", type -> Set.of("double", "float",
                "java.lang.Double", "java.lang.Float").contains(type.getBaseComponentType().getName()));
        return CompositeArchRule
                .of(noFields().that().areDeclaredInClassesThat().resideInAnyPackage(places)
                        .should().haveRawType(floating))
                .and(codeUnits().that().areDeclaredInClassesThat().resideInAnyPackage(places)
                        .should(be(describe("free of floating point", (JavaCodeUnit unit) ->
                                !floating.test(unit.getRawReturnType())
                                        && unit.getRawParameterTypes().stream().noneMatch(floating)))));
    }

    ArchRule timeIsTakenFromMessagesOrTheClock(String... modules) {
        return noClasses().that().resideInAnyPackage(Arrays.stream(modules).map(this::in).toArray(String[]::new))
                .should().accessTargetWhere(isOneOf(TIME_AND_CHANCE));
    }

    ArchRule aggregatesDecideFromMessagesAlone() {
        return noClasses().that(describe("are an aggregate or part of one", type -> isPartOfAggregate(type,
                        new HashSet<>())))
                .should().dependOnClassesThat().resideInAnyPackage("java.sql..", "javax.sql..", "java.net..",
                        "java.io..", "java.nio..", "org.springframework.jdbc..", "org.springframework.web..",
                        "java.util.random..", "org.slf4j..")
                .orShould().dependOnClassesThat().haveNameMatching(
                        "java\\.time\\.Clock|java\\.util\\.Random|java\\.util\\.concurrent\\.ThreadLocalRandom"
                                + "|java\\.security\\.SecureRandom")
                .orShould().accessTargetWhere(isOneOf(TIME_AND_CHANCE));
    }

    /** Axon creates the saga; whatever Spring creates takes what it needs in its constructor. */
    ArchRule nothingButTheSagaHasFieldsInjected() {
        return noFields().that().areDeclaredInClassesThat(describe("are no saga or part of one", type ->
                        !type.isAnnotatedWith(Saga.class) && type.getAllSubclasses().stream()
                                .noneMatch(subclass -> subclass.isAnnotatedWith(Saga.class))))
                .should().beAnnotatedWith(Autowired.class).orShould().beAnnotatedWith(Value.class)
                .orShould().beAnnotatedWith(Resource.class);
    }

    ArchRule handlersAreNobodysBusiness() {
        return methods().that().areAnnotatedWith(CommandHandler.class).or().areAnnotatedWith(EventHandler.class)
                .or().areAnnotatedWith(EventSourcingHandler.class).or().areAnnotatedWith(SagaEventHandler.class)
                .or().areAnnotatedWith(QueryHandler.class)
                .should().bePackagePrivate();
    }

    ArchRule everyCommandHasOneHandler() {
        return classes().that().resideInAPackage(inEach("command")).and().areRecords()
                .should(haveOneHandler(CommandHandler.class));
    }

    ArchRule everyQueryHasOneAnswerer() {
        return classes().that().resideInAPackage(inEach("query")).and().areRecords()
                .and().haveNameMatching(".*\\.(Find|List)\\w+").should(haveOneHandler(QueryHandler.class));
    }

    /** The package says what kind of thing a class is. */
    ArchRule namesHaveNoTechnicalSuffix() {
        return noClasses().that().resideInAPackage(root + "..").should()
                .haveNameMatching(".*(Command|Event|Query|Dto|DTO|Impl|Service|Manager|Helper|Utils?)");
    }

    /** The modules that there are: packages directly below the root. */
    Set<String> modules(Collection<JavaClass> classes) {
        var modules = new HashSet<String>();
        classes.stream().map(JavaClass::getPackageName).filter(name -> name.startsWith(root + '.'))
                .forEach(name -> modules.add(name.substring(root.length() + 1).split("\\.")[0]));
        return modules;
    }

    private String in(String module) {
        return root + '.' + module + "..";
    }

    private String inEach(String part) {
        return root + ".*." + part + "..";
    }

    private boolean isUsedInItsModule(JavaClass type) {
        return type.getDirectDependenciesToSelf().stream().map(Dependency::getOriginClass).anyMatch(user ->
                !user.getPackage().equals(type.getPackage()) && module(user).equals(module(type)));
    }

    private String module(JavaClass type) {
        return type.getPackageName().equals(root) ? "" : type.getPackageName().substring(root.length() + 1).split("\\.")[0];
    }

    private boolean isFact(JavaClass type) {
        return Stream.of(OrderFact.class, PaymentFact.class, StockFact.class, SkuFact.class)
                .anyMatch(type::isAssignableTo);
    }

    private boolean isStoredUnderItsName(JavaClass type) {
        return type.tryGetAnnotationOfType(StoredAs.class)
                .filter(name -> name.value().equals(module(type) + '.' + type.getSimpleName())).isPresent();
    }

    /** A class beside an aggregate that it uses, directly or through another part of it. */
    private static boolean isPartOfAggregate(JavaClass type, Set<JavaClass> seen) {
        return type.isAnnotatedWith(Aggregate.class) || seen.add(type) && type.getDirectDependenciesToSelf().stream()
                .map(Dependency::getOriginClass)
                .anyMatch(user -> user.getPackage().equals(type.getPackage()) && isPartOfAggregate(user, seen));
    }

    private static DescribedPredicate<JavaAccess<?>> isOneOf(Set<String> members) {
        return describe("is one of " + members, access ->
                members.contains(access.getTargetOwner().getFullName() + '.' + access.getTarget().getName()));
    }

    private static ArchCondition<JavaClass> haveOneHandler(Class<? extends Annotation> handler) {
        return new ArchCondition<>("have exactly one @" + handler.getSimpleName()) {
            @Override
            public void check(JavaClass message, ConditionEvents events) {
                List<String> handlers = message.getMethodsWithParameterTypeOfSelf().stream()
                        .filter(method -> method.isAnnotatedWith(handler)
                                && !method.getModifiers().contains(JavaModifier.SYNTHETIC))
                        .map(JavaMethod::getFullName).sorted().toList();
                events.add(new SimpleConditionEvent(message, handlers.size() == 1,
                        "%s has the handlers %s".formatted(message.getName(), handlers)));
            }
        };
    }
}
