using System.Globalization;
using Concentric.Serve.Forms;
using Microsoft.AspNetCore.Http;

namespace Concentric.Serve.Work;

/// <summary>Which work is listed.</summary>
public enum WorkList { Mine, Team, Escalated, Overdue, Waiting, Open, Ended }

/// <summary>What somebody asks of the list of work, as its address says it. What is not understood is left out.</summary>
public sealed record WorkFilter
{
    public const int MostRows = 100;
    private const int Rows = 25;

    /// <summary>Enquiries that are worked on without a process; otherwise cases.</summary>
    public bool Enquiries { get; init; }

    public WorkList List { get; init; }
    public string? Team { get; init; }

    /// <summary>LGSL identifier.</summary>
    public string? Service { get; init; }

    public string? Process { get; init; }

    /// <summary>Id of the step of the process in which the cases are.</summary>
    public string? Step { get; init; }

    /// <summary>Version of the process that they keep to, beside its step.</summary>
    public int? Version { get; init; }

    /// <summary>Id of whose it is; <see cref="Guid.Empty"/> for nobody's.</summary>
    public Guid? Owner { get; init; }

    public bool Overdue { get; init; }

    /// <summary>Rows on a page.</summary>
    public int Size { get; init; } = Rows;

    /// <summary>The row after which the page begins; or, reading backwards, before which it ends.</summary>
    internal WorkKey? From { get; init; }

    internal bool Backwards { get; init; }

    public static WorkFilter Read(IQueryCollection asked) => Read(name => asked[name]);

    public static WorkFilter Read(IFormCollection asked) => Read(name => asked[name]);

    private static WorkFilter Read(Func<string, string?> asked)
    {
        string? Text(string name) => Fields.Tidy(asked(name) ?? "") is { Length: > 0 and <= 200 } text ? text : null;
        var (last, process) = (Text("page") == "last", Text("process"));
        var (enquiries, list) = (Text("what") == "enquiries", Enum.TryParse<WorkList>(Text("list"), ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : WorkList.Mine);
        return new()
        {
            Enquiries = enquiries,
            // Only of cases somebody is told.
            List = enquiries && list == WorkList.Escalated ? WorkList.Open : list,
            Team = Text("team"), Service = Text("service"), Process = process, Step = process is null ? null : Text("step"),
            Version = process is not null && int.TryParse(Text("version"), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null,
            Owner = Text("owner") is var owner && owner == "nobody" ? Guid.Empty : Guid.TryParse(owner, out var id) ? id : null,
            Overdue = Text("overdue") is not null,
            Size = int.TryParse(Text("size"), NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size is >= 1 and <= MostRows ? size : Rows,
            From = last ? null : WorkKey.Read(Text("after") ?? Text("before")),
            Backwards = last || (Text("after") is null && WorkKey.Read(Text("before")) is not null),
        };
    }

    /// <summary>As an address says it, without the page.</summary>
    public string Query(string page = "")
    {
        var parts = Parts().Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value)}");
        return $"?{string.Join('&', page.Length > 0 ? parts.Append(page) : parts)}";
    }

    /// <summary>What was asked, as hidden fields of a form take it along.</summary>
    public IEnumerable<(string Name, string Value)> Parts()
    {
        if (Enquiries) yield return ("what", "enquiries");
        yield return ("list", List.ToString().ToLowerInvariant());
        if (Team is not null) yield return ("team", Team);
        if (Service is not null) yield return ("service", Service);
        if (Process is not null) yield return ("process", Process);
        if (Step is not null) yield return ("step", Step);
        if (Version is { } version) yield return ("version", version.ToString(CultureInfo.InvariantCulture));
        if (Owner is not null) yield return ("owner", OwnerWords);
        if (Overdue) yield return ("overdue", "yes");
        if (Size != Rows) yield return ("size", Size.ToString(CultureInfo.InvariantCulture));
    }

    public string OwnerWords => Owner is null ? "" : Owner == Guid.Empty ? "nobody" : $"{Owner}";
}

/// <summary>Where a row stands in its list: by its day or moment, then by its id.</summary>
internal readonly record struct WorkKey(DateTimeOffset At, Guid Id)
{
    public DateOnly Day => DateOnly.FromDateTime(At.UtcDateTime);

    public static WorkKey Of(DateOnly day, Guid id) => new(new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero), id);

    public override string ToString() => $"{At.UtcTicks.ToString(CultureInfo.InvariantCulture)}_{Id:N}";

    public static WorkKey? Read(string? key) =>
        key?.Split('_') is [var ticks, var id] && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= DateTimeOffset.MaxValue.UtcTicks
        && Guid.TryParseExact(id, "N", out var guid) ? new(new(at, TimeSpan.Zero), guid) : null;
}
