using Concentric.Core;
using Concentric.Core.Questions;

namespace Concentric.Measure.Contacts.Asking;

/// <summary>Tells Needs who asked first for what, with persons numbered anew and nothing else of them.</summary>
internal sealed class TellFirstContacts(IServiceProvider services, Settings settings) : IFirstContacts
{
    private const int MostYears = 10;

    public async Task<FirstContacts?> Of(DateOnly? from = null, DateOnly? to = null, CancellationToken stop = default)
    {
        // The store is opened at the first use; a command that does not come this far leaves the file alone.
        IContactStore store;
        try
        {
            await Service<Projector>().CatchUp(stop);
            store = Service<IContactStore>();
        }
        catch (ContactStoreException e)
        {
            throw new RefusedException(e.Message);
        }
        if (store.Dimensions.Council(settings.Council) is not { } council) return null;
        var parts = (await store.Statistics(stop)).Parts.Where(p => p.Council == council.Code && p.Kind == ContactKind.Contact).ToList();
        if (parts.Count == 0) return null;

        var last = to ?? parts.Max(p => p.Last);
        var earliest = last.Year > MostYears ? last.AddYears(-MostYears).AddDays(1) : last;
        var first = from ?? parts.Min(p => p.First);
        if (first < earliest) first = earliest;
        if (first > last) return null;
        var rows = await store.FirstContacts(council.Code, first, last, stop);
        return Numbered(council, first, last, rows, store.Dimensions);
    }

    private T Service<T>() where T : class => (T)services.GetService(typeof(T))!;

    private static FirstContacts Numbered(CouncilCode council, DateOnly from, DateOnly to, FirstContactRows rows, ContactDimensions names)
    {
        var day = ContactCalendar.Day(from);
        var persons = new int[rows.Person.Length];
        for (int i = 0, person = -1; i < persons.Length; i++)
        {
            if (i == 0 || rows.Person[i] != rows.Person[i - 1]) person++;
            persons[i] = person;
        }
        return new()
        {
            Council = council.Label,
            IsSynthetic = council.IsSynthetic,
            From = from,
            To = to,
            Services = [.. names.Services.Select(s => s.Key)],
            Profiles = [.. names.Profiles.Select(p => p.Code == 0 ? "" : p.Label)],
            Person = persons,
            Service = rows.Service,
            Day = [.. rows.Day.Select(d => (ushort)(d - day))],
            Profile = rows.Profile,
        };
    }
}
