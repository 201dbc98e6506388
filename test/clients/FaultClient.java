import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Arrays;

/** Asks by java.net.http.HttpClient; see askByProgram in by-command.ts. */
class FaultClient {
  public static void main(String[] args) throws InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    for (String asked : Arrays.asList(args).subList(3, args.length)) {
      String[] parts = asked.split(" ");
      HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(args[0]))
          .method(parts[0], BodyPublishers.noBody())
          .header("Authorization", args[1])
          .timeout(Duration.ofMillis(Long.parseLong(args[2])));
      if (parts.length > 1) request.header("Prefer", parts[1]);
      System.out.println(ask(client, request.build()));
    }
  }

  private static String ask(HttpClient client, HttpRequest request) throws InterruptedException {
    try {
      var response = client.send(request, BodyHandlers.ofString());
      return response.statusCode() + " " + response.body();
    } catch (HttpTimeoutException error) {
      return "timeout";
    } catch (IOException error) {
      return "network-error";
    }
  }
}
