package io.orderflow.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A real Chromium without a screen, as somebody uses it: finds things by what they say and waits until they are there. */
final class Browser implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final List<String> CHROMIUM = List.of("chromium", "chromium-browser", "google-chrome");
    private static final List<String> DRIVER = List.of("chromedriver");

    private static final String AXE = axe();
    private static final String SEEN = "const seen = [...document.querySelectorAll(arguments[0])].filter((each) =>"
            + " each.checkVisibility() && each.textContent.replace(/\\s+/g, ' ').includes(arguments[1]));";

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    static boolean isInstalled() {
        return find(CHROMIUM).isPresent() && find(DRIVER).isPresent();
    }

    static Browser start() {
        var options = new ChromeOptions();
        options.setBinary(find(CHROMIUM).orElseThrow().toFile());
        options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--lang=en-GB");
        // Named, so that Selenium looks for none elsewhere and loads none.
        var service = new ChromeDriverService.Builder().usingDriverExecutable(find(DRIVER).orElseThrow().toFile()).build();
        var driver = new ChromeDriver(service, options);
        driver.manage().timeouts().scriptTimeout(PATIENCE);
        return new Browser(driver);
    }

    private static Optional<Path> find(List<String> names) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator)).map(Path::of)
                .flatMap(directory -> names.stream().map(directory::resolve)).filter(Files::isExecutable).findFirst();
    }

    void size(int width, int height) {
        driver.manage().window().setSize(new Dimension(width, height));
        driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    void prefer(String scheme) {
        driver.executeCdpCommand("Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    void open(String url) {
        driver.get("about:blank");
        driver.get(url);
    }

    Object script(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** @param script of a module: may await, and returns what it answers */
    Object module(String script) {
        return driver.executeAsyncScript("const done = arguments[0]; (async () => {" + script
                + "})().then(done, failure => done('' + failure));");
    }

    /** The first that is seen of what the selector names and that contains the text, also text for screen readers. */
    WebElement see(String selector, String text) {
        return waiting().withMessage(() -> "'%s' in %s; the page says:%n%s".formatted(text, selector, page()))
                .until(open -> (WebElement) script(SEEN + "return seen[0]", selector, text));
    }

    void seeNo(String selector, String text) {
        waiting().withMessage(() -> "no '%s' in %s; the page says:%n%s".formatted(text, selector, page()))
                .until(open -> (Boolean) script(SEEN + "return !seen.length", selector, text));
    }

    private WebDriverWait waiting() {
        return new WebDriverWait(driver, PATIENCE, Duration.ofMillis(100));
    }

    private String page() {
        return driver.findElement(By.tagName("body")).getText();
    }

    void doubleClick(String text) {
        new Actions(driver).doubleClick(see("button", text)).perform();
    }

    /** Has the network go away, or come back. */
    void offline(boolean gone) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand("Network.emulateNetworkConditions",
                Map.of("offline", gone, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
    }

    /** Loses the answer of the next POST, which has taken effect by then. */
    void loseNextAnswer() {
        script("""
                const sent = window.fetch;
                window.fetch = async (path, options) => {
                  const answer = await sent(path, options);
                  if (options?.method !== 'POST') {
                    return answer;
                  }
                  window.fetch = sent;
                  throw new TypeError('lost');
                };""");
    }

    void press(String text) {
        see("button, a, summary", text).click();
    }

    /** Presses a button of the one among several parts that has this text; in one step, because they may change places. */
    void pressIn(String part, String text, String button) {
        waiting().withMessage(() -> "'%s' beside '%s'; the page says:%n%s".formatted(button, text, page()))
                .until(open -> (Boolean) script(SEEN + """
                        const button = [...seen[0]?.querySelectorAll('button') ?? []]
                            .find((each) => each.textContent.includes(arguments[2]));
                        button?.click();
                        return Boolean(button);""", part, text, button));
    }

    /** Writes into the field with this label, whatever was in it. */
    void fill(String label, String text) {
        var field = driver.findElement(By.id(see("label", label).getDomAttribute("for")));
        field.sendKeys(Keys.chord(Keys.CONTROL, "a"), text);
    }

    void seeValue(String label, String value) {
        waiting().until(open -> value.equals(driver.findElement(By.id(see("label", label).getDomAttribute("for")))
                .getDomProperty("value")));
    }

    void type(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    WebElement focused() {
        return driver.switchTo().activeElement();
    }

    boolean isWiderThanItsWindow() {
        return (Boolean) script("return document.documentElement.scrollWidth > innerWidth");
    }

    /** That axe finds nothing which keeps anybody from using the page. */
    void assertUsableByAll(String page) {
        driver.executeScript(AXE);
        assertThat((List<?>) module("return (await axe.run()).violations.map(({ id, nodes }) => id + ': ' + nodes[0].html)"))
                .as(page).isEmpty();
    }

    private static String axe() {
        try (var script = Browser.class.getResourceAsStream("/axe.min.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
