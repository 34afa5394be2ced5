using System.Text.Json;

namespace Concentric.Measure.Demo;

/// <summary>The parameters of Northmoor as northmoor.json holds them; each group names its source there.</summary>
internal sealed record NorthmoorParameters(
    int Contacts,
    int Households,
    int Years,
    NorthmoorParameters.WardGroup Wards,
    Dictionary<string, JsonElement> Supergroups,
    NorthmoorParameters.DecileGroup Deciles,
    Dictionary<string, JsonElement> Channels,
    NorthmoorParameters.HandlingGroup Handling,
    NorthmoorParameters.HourGroup Hours,
    NorthmoorParameters.DayGroup Days,
    NorthmoorParameters.NoiseGroup Noise,
    Dictionary<string, JsonElement> Seasons,
    NorthmoorParameters.CodingGroup Coding,
    NorthmoorParameters.ListOf<NorthmoorParameters.Redesign> Redesigns,
    NorthmoorParameters.ListOf<NorthmoorParameters.Service> Services,
    NorthmoorParameters.LifeEventGroup LifeEvents,
    NorthmoorParameters.CauseGroup Causes,
    NorthmoorParameters.ListOf<NorthmoorParameters.Purpose> Demand)
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web);

    /// <summary>The embedded file, read once.</summary>
    public static NorthmoorParameters Read { get; } = Open();

    public Supergroup SupergroupOf(byte code) => Supergroups[$"{code}"].Deserialize<Supergroup>(_json)!;

    /// <summary>Shares of the channels for a kind of service, by name of channel.</summary>
    public Dictionary<string, double> ChannelsOf(string kind) => Channels[kind].Deserialize<Dictionary<string, double>>(_json)!;

    /// <summary>Twelve numbers, January to December.</summary>
    public double[] SeasonOf(string season) => Seasons[season].Deserialize<double[]>(_json)!;

    private static NorthmoorParameters Open()
    {
        using var file = typeof(NorthmoorParameters).Assembly.GetManifestResourceStream("northmoor.json")
            ?? throw new InvalidOperationException("northmoor.json is not in the program.");
        return JsonSerializer.Deserialize<NorthmoorParameters>(file, _json)!;
    }

    internal sealed record WardGroup(Dictionary<string, string> Areas);

    internal sealed record Supergroup(string Name, double Members, double Asking, double Web, double Drift, double Person);

    internal sealed record DecileGroup(double[] Asking, double[] Person);

    internal sealed record HandlingGroup(double Recorded, Dictionary<string, double[]> Channels);

    internal sealed record HourGroup(double[] Web, double[] Staffed, double[] Closed);

    internal sealed record DayGroup(double[] Weights, double AfterBankHoliday, double StaffedWhenClosed);

    internal sealed record NoiseGroup(double Week);

    internal sealed record CodingGroup(
        double Cause, double Chased, double NamedStaffed, double NamedWeb, double Answered, double[] SatisfactionValue,
        double[] SatisfactionFailure, double ResolvedValue, double ResolvedFailure, double ResolvedUnsaid);

    internal sealed record ListOf<T>(IReadOnlyList<T> List);

    internal sealed record Redesign(string Service, int Weeks, int Day, double Cut, string What, string Who);

    internal sealed record Service(
        string Id, string Label, double Volume, string Kind, string Season, int Lean, double Failure, double Unknown, double NotCoded, int[] Interactions);

    internal sealed record LifeEventGroup(int Within, IReadOnlyList<FollowOn> List);

    /// <summary>Of the value demand of <paramref name="Then"/>, the share that follows <paramref name="After"/>.</summary>
    internal sealed record FollowOn(string Event, string After, string Then, double Share);

    internal sealed record CauseGroup(Dictionary<string, double> Shares);

    internal sealed record Purpose(string Service, [property: System.Text.Json.Serialization.JsonPropertyName("purpose")] string Text, Dictionary<string, double> Value, Dictionary<string, JsonElement[]> Failure);
}
