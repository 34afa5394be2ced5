namespace Concentric.Measure.Contacts;

/// <summary>Where the contact store lies and how much of the machine it may use.</summary>
/// <param name="File">The file itself.</param>
/// <param name="Imports">Folder of the batches.</param>
/// <param name="Spill">Folder for what does not fit in memory.</param>
/// <param name="Memory">Most memory before it spills, as <c>256MB</c>.</param>
public sealed record ContactStoreOptions(string File, string Imports, string Spill, string Memory, int Threads)
{
    /// <summary>Up to so many contacts in the period a median is exact; beyond it comes from the stored steps (<see cref="CubeQuantiles"/>).</summary>
    public long ExactQuantileRows { get; init; } = CubeQuantiles.MostExact;

    public static ContactStoreOptions From(Core.Settings settings) => In(settings.Data, settings.ContactsMemory, settings.ContactsThreads);

    public static ContactStoreOptions In(string data, string memory, int threads) => new(
        Path.Combine(data, "contacts.duckdb"), Path.Combine(data, "imports"), Path.Combine(data, "contacts.spill"), memory, threads);
}

/// <summary>The contact store cannot be used; the message says what to do.</summary>
public sealed class ContactStoreException(string message, Exception? cause = null) : Exception(message, cause);
