using System.Text.Json.Serialization;

namespace Concentric.Measure.Costs;

/// <summary>Three figures of a range as somebody entered them, in exact decimals.</summary>
public sealed record Range3(decimal Low, decimal Mode, decimal High)
{
    public static Range3 Exactly(decimal value) => new(value, value, value);

    [JsonIgnore]
    public Pert Pert => new((double)Low, (double)Mode, (double)High);
}

/// <summary>What goes into the local cost of a contact by one channel.</summary>
public sealed record LocalCost
{
    /// <summary>A year's pay of one post, in pounds.</summary>
    public required Range3 Salary { get; init; }

    /// <summary>Employer's on-costs, in per cent of the pay.</summary>
    public required Range3 OnCosts { get; init; }

    /// <summary>Productive days a year.</summary>
    public required Range3 Days { get; init; }

    /// <summary>Hours a day.</summary>
    public required Range3 Hours { get; init; }

    /// <summary>Per cent of these hours spent on contacts.</summary>
    public required Range3 Occupancy { get; init; }

    /// <summary>Minutes of staff time a contact.</summary>
    public required Range3 Minutes { get; init; }

    /// <summary>Per cent on top for buildings, systems and management.</summary>
    public required Range3 Overhead { get; init; }

    /// <summary>Pounds a contact for what is no staff time: licences, hosting, postage.</summary>
    public required Range3 Other { get; init; }

    /// <summary>Per cent of contacts that do not resolve the matter, where it is not measured.</summary>
    public required Range3 Fails { get; init; }

    /// <summary>What a contact costs, in pounds: all figures at their least, their most likely and their most.</summary>
    /// <remarks>Fewer productive hours make a contact dearer, so the least cost has the most hours in it.</remarks>
    [JsonIgnore]
    public Pert PerContact
    {
        get
        {
            static double Pick(Range3 range, int at) => (double)(at < 0 ? range.Low : at == 0 ? range.Mode : range.High);
            double Cost(int at) => (double)(at < 0 ? Other.Low : at == 0 ? Other.Mode : Other.High) + UnitCost.PerContact(
                Pick(Salary, at), Pick(OnCosts, at) / 100, Pick(Days, -at), Pick(Hours, -at), Pick(Occupancy, -at) / 100, Pick(Minutes, at), Pick(Overhead, at) / 100);
            return new(Cost(-1), Cost(0), Cost(1));
        }
    }

    /// <summary>What is counted in, by what was entered.</summary>
    [JsonIgnore]
    public CostScope Scope => Overhead.Mode > 0 ? CostScope.FullyLoaded : OnCosts.Mode > 0 ? CostScope.Average : CostScope.Marginal;

    /// <summary>Channels that pay by the same scale are dear or cheap together; the others by themselves.</summary>
    [JsonIgnore]
    public string? Driver => Minutes.Mode > 0 ? $"{Salary}|{OnCosts}|{Days}|{Hours}" : null;
}
