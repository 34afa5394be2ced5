using System.CommandLine;
using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Concentric.Bench.Running;

namespace Concentric.Bench.Load;

/// <summary>How long a designer waits when they save a form of 150 questions in the builder: the whole form as JSON, which is the most that one save can change.</summary>
internal static partial class BuilderSave
{
    private const int Saves = 40;
    private const string Form = "bench-150";

    public static Command Verb()
    {
        var verb = new Command("form-save", $"A form of 150 questions saved {Saves} times in the builder, on both databases: the save alone, and with the page that checks it.");
        verb.SetAction(_ => Run());
        return verb;
    }

    private static async Task<int> Run()
    {
        using var work = new WorkFolder();
        Console.WriteLine(MachineCard.Describe(TimeProvider.System.GetUtcNow(), work.Folder.FullName));
        var figures = new Figures("A form of 150 questions", "saved, median ms", "saved, 95 % ms", "saved and checked, median ms", "95 % ms");
        foreach (var postgres in (bool[])[false, true])
        {
            var folder = work.New("save");
            await using var server = postgres ? await ThrowawayPostgres.Start(folder, null) : null;
            using var installation = new Installation(folder, server is null ? null : await server.Create("concentric"));
            await installation.Run("seed");
            var json = FormsBench.Generated().Write().Replace("\"generated\"", $"\"{Form}\"", StringComparison.Ordinal);
            var forms = new BenchForms(installation.Database);
            await forms.Draft(Form, json);
            var cookie = $"__Host-session={await forms.Designer()}";
            await installation.Start("/forms");
            var times = await Save(installation.Port, cookie, json);
            figures.Add(postgres ? "PostgreSQL" : "SQLite", Of(times.Select(t => t.Saved), 50), Of(times.Select(t => t.Saved), 95), Of(times.Select(t => t.Checked), 50), Of(times.Select(t => t.Checked), 95));
            await installation.Stop();
        }
        Console.WriteLine($"{Saves} saves one after the other, each of the form's whole JSON. Target: at most 300 ms.");
        figures.Print(Console.Out, markdown: false);
        return 0;
    }

    private static string Of(IEnumerable<double> times, int percent) => Figures.Of(times.Order().ElementAt(Saves * percent / 100), "0.0");

    private static async Task<List<(double Saved, double Checked)>> Save(int port, string cookie, string json)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = new($"http://127.0.0.1:{port}") };
        var address = new Uri($"/forms-design/{Form}/1/json", UriKind.Relative);
        async Task<HttpResponseMessage> Send(HttpMethod method, Uri to, string cookies, HttpContent? content = null)
        {
            using var request = new HttpRequestMessage(method, to) { Content = content };
            request.Headers.Add("Cookie", cookies);
            return await http.SendAsync(request);
        }
        using var first = await Send(HttpMethod.Get, address, cookie);
        var page = await first.Content.ReadAsStringAsync();
        if (first.StatusCode != HttpStatusCode.OK || !AntiforgeryToken.IsMatch(page)) throw new BenchException($"{address} answered {(int)first.StatusCode} without a form to send.");
        var cookies = $"{cookie}; {first.Headers.GetValues("Set-Cookie").First().Split(';')[0]}";
        var token = WebUtility.HtmlDecode(AntiforgeryToken.Match(page).Groups[1].Value);
        var times = new List<(double, double)>();
        for (var revision = 0; revision < Saves + 5; revision++)
        {
            // Each save changes something.
            var typed = json.Replace("\"Question 7?\"", $"\"Question 7, {revision}?\"", StringComparison.Ordinal);
            using var body = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("Revision", $"{revision}"), new("Json", typed)]);
            var start = Stopwatch.GetTimestamp();
            using var saved = await Send(HttpMethod.Post, address, cookies, body);
            var save = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (saved.StatusCode is not HttpStatusCode.Redirect || saved.Headers.Location is not { } next) throw new BenchException($"Save {revision} answered {(int)saved.StatusCode}.");
            using var shown = await Send(HttpMethod.Get, next, cookies);
            if (shown.StatusCode != HttpStatusCode.OK) throw new BenchException($"{next} answered {(int)shown.StatusCode}.");
            if (revision >= 5) times.Add((save, Stopwatch.GetElapsedTime(start).TotalMilliseconds));
        }
        return times;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex AntiforgeryToken { get; }
}
