namespace Concentric.Measure.Costs;

/// <summary>Contacts that move from the phone to the web: what the first year saves, when some of them fail on the web and phone after all.</summary>
/// <remarks>Saving = volume × (phone − (web + share that fails × phone)) − one-off cost. Volume is drawn once for both channels.</remarks>
/// <param name="Volume">Contacts in the year that would move.</param>
/// <param name="Phone">Pounds a call.</param>
/// <param name="Web">Pounds a visit or form.</param>
/// <param name="Fails">Share of those on the web who do not get what they came for and phone, 0 to 1.</param>
/// <param name="OneOff">Pounds once, to make the change.</param>
public sealed record ChannelShift(Pert Volume, Pert Phone, Pert Web, Pert Fails, Pert OneOff)
{
    public IReadOnlyList<UncertainInput> Inputs { get; } =
        [new("Cost of a call", Phone), new("Cost on the web", Web), new("Share that fails on the web", Fails), new("Contacts that move", Volume), new("One-off cost", OneOff)];

    /// <summary>The exact mean: the figures are drawn independently, so the mean of a product is the product of the means.</summary>
    public double ExactMean => Saving([Phone.Mean, Web.Mean, Fails.Mean, Volume.Mean, OneOff.Mean]);

    /// <summary>Pounds saved in the first year.</summary>
    /// <param name="figures">In the order of <see cref="Inputs"/>.</param>
    public static double Saving(double[] figures) => figures[3] * (figures[0] - (figures[1] + figures[2] * figures[0])) - figures[4];

    public SimulatedResult Simulate(ulong seed, int draws = Simulation.UsualDraws) => new Simulation(Inputs, seed, draws).Run(Saving);

    public IReadOnlyList<TornadoLine> Tornado() => Simulation.Tornado(Inputs, Saving);
}

/// <summary>What it costs until the citizen has what they came for, and not only until the contact ends.</summary>
public static class ResolvedCost
{
    /// <summary>Where those who fail try the same channel again: c / (1 − f).</summary>
    /// <param name="contact">Cost of a contact.</param>
    /// <param name="fails">Share of contacts that do not resolve it, 0 up to and without 1.</param>
    public static double SameChannel(double contact, double fails)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(fails);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(fails, 1);
        return contact / (1 - fails);
    }

    /// <summary>Where those who fail turn to another channel: c + f × what it costs there until it is resolved.</summary>
    public static double Fallback(double contact, double fails, double resolvedThere) => contact + fails * resolvedThere;
}

/// <summary>What a contact costs in staff time and what comes on top.</summary>
public static class UnitCost
{
    /// <summary>Salary × (1 + on-costs) / (days × hours × occupancy) × minutes / 60 × (1 + overhead), in the money of the salary.</summary>
    /// <param name="salary">A year's pay of one post.</param>
    /// <param name="onCosts">Employer's national insurance, pension and the like, as a share of the pay.</param>
    /// <param name="days">Productive days a year.</param>
    /// <param name="hours">Hours a day.</param>
    /// <param name="occupancy">Share of these hours that is spent on contacts, above 0.</param>
    /// <param name="minutes">Handling time of one contact.</param>
    /// <param name="overhead">Buildings, systems and management, as a share of the staff's cost.</param>
    public static double PerContact(double salary, double onCosts, double days, double hours, double occupancy, double minutes, double overhead) =>
        salary * (1 + onCosts) / (days * hours * occupancy) * minutes / 60 * (1 + overhead);
}
