using System.Globalization;
using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Questions;
using Concentric.Core.Web;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Seeing;
using Concentric.Measure.Disclosure;
using Concentric.Measure.Places;
using Concentric.Measure.Variation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Concentric.Measure.Profiling;

/// <summary>What the profile of a service shows.</summary>
public sealed record ServiceProfileView
{
    public required ProfileAbout About { get; init; }
    public required ServiceCode Service { get; init; }

    /// <summary>Users by group, the highest index first.</summary>
    public required IReadOnlyList<GroupLine> Groups { get; init; }

    public required ChannelMix Channels { get; init; }

    /// <summary>Null where no list gives those who could by area.</summary>
    public required AreaTakeUp? Areas { get; init; }

    /// <summary>Against the best quarter of areas of the same group; null where <see cref="Areas"/> is.</summary>
    public required TakeUpGap? Best { get; init; }

    /// <summary>The reference of <see cref="Best"/> by code of the group.</summary>
    public required IReadOnlyDictionary<int, double> References { get; init; }

    /// <summary>Against the level that the reader wants everywhere; null where none is asked for.</summary>
    public required TakeUpGap? Policy { get; init; }

    /// <summary>The level, in users of 100 who could.</summary>
    public required double? Level { get; init; }

    public required GroupChange? Change { get; init; }

    /// <summary>The two periods of <see cref="Change"/>.</summary>
    public required (Days Now, Days Before)? Periods { get; init; }
}

/// <summary>A service manager sees who uses a service, against who could.</summary>
internal static class SeeServiceProfile
{
    private const int FewestWeeks = 4;

    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/measure/profiles/services/{**key}", Show).For(Audience.Measure);

    private static async Task<IResult> Show([AsParameters] ProfileAsked asked, ProfileReading reading, ClaimsPrincipal visitor, ConcentricDb db, IServiceNames names, CancellationToken stop)
    {
        if (await reading.Scopes.Find(asked.Council, asked.Weeks, stop) is not { } scope || reading.Disclosed.For(visitor) is not { } contacts) return Results.NotFound();
        if (asked.Key is null || contacts.Dimensions.Service(asked.Key) is not { Code: > 0 } service) return Results.NotFound();
        if (await names.Find(asked.Key, stop) is { } name) service = service with { Label = name.Plain };
        var level = Level(asked.Level, out var errors);
        var could = WhoCould.Of(await Populations.Load(db, scope.Council.Name, stop), service.Key, scope.Council.Code, contacts.Dimensions);
        var view = await View(scope, service, contacts, could, asked.Of, level, stop);
        return new RazorComponentResult<ServiceProfilePage>(new { View = view, Errors = errors, LevelText = asked.Level }) { StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK };
    }

    /// <summary>Six questions to the store, whatever the number of groups and areas.</summary>
    internal static async Task<ServiceProfileView> View(Scope scope, ServiceCode service, VisibleContacts contacts, WhoCould? could, string? of, double? level, CancellationToken stop)
    {
        var query = scope.Query.With(Dimension.Service, service.Code);
        var all = await UseOf.All(query, contacts, stop);
        var counting = Counting.Of(all, of);
        var groups = await UseOf.By(Dimension.Profile, query, counting.As, contacts, stop);
        var areas = await UseOf.By(Dimension.Area, query, counting.As, contacts, stop);
        var people = counting.As == CountedAs.Persons && could?.Unit == PopulationUnit.Persons;
        var lines = GroupIndex.Of(Counts(groups, counting.As, could, contacts.IsExact), could is { HasGroups: true } ? could.Groups : new Dictionary<int, long>(), people);

        var takeUp = could is { HasAreas: true } && !areas.IsWithheld ? TakeUp(areas.Parts, counting.As, could, contacts, people) : null;
        var (best, references) = takeUp is { Lines.Count: > 0 } ? TakeUpGap.BestQuarter(takeUp) : (null, new Dictionary<int, double>());
        var periods = Halves(scope);
        return new()
        {
            About = new()
            {
                Scope = scope, Names = contacts.Dimensions, IsExact = contacts.IsExact, Counting = counting, All = all, Could = could,
                UnknownGroup = groups.Parts.FirstOrDefault(g => g.Code == 0)?.Contacts, UnknownArea = areas.Parts.FirstOrDefault(g => g.Code == 0)?.Contacts,
                IsWithheld = groups.IsWithheld || areas.IsWithheld,
            },
            Service = service,
            Groups = [.. lines.OrderByDescending(l => l.Index).ThenBy(l => l.Code)],
            Channels = await ChannelMix.By(Dimension.Profile, query, contacts, stop),
            Areas = takeUp,
            Best = best,
            References = references,
            Policy = level is { } wanted && takeUp is not null ? TakeUpGap.Policy(takeUp, wanted / 100) : null,
            Level = level,
            Change = periods is { } p && await Estimates(p.Now) is { } now && await Estimates(p.Before) is { } before ? GroupChange.Of(now, before, could?.Groups ?? new Dictionary<int, long>(), people) : null,
            Periods = periods,
        };

        async Task<Dictionary<int, long>?> Estimates(Days days) =>
            await UseOf.By(Dimension.Profile, query.Between(days.From, days.Through), counting.As, contacts, stop) is { IsWithheld: false } uses ? uses.Parts.ToDictionary(u => u.Code, u => u.Count(counting.As).Estimate) : null;
    }

    /// <summary>Users by group, also of groups from which nobody came: they are who is missed most.</summary>
    private static List<(int Code, ShownCount Users)> Counts(Uses uses, CountedAs counted, WhoCould? could, bool isExact)
    {
        var there = uses.Parts.Select(u => u.Code).ToHashSet();
        var none = uses.IsWithheld || could is not { HasGroups: true } ? [] : could.Groups.Where(g => g.Value > 0 && !there.Contains(g.Key)).Select(g => g.Key);
        return [.. uses.Parts.Select(u => (u.Code, u.Count(counted))), .. none.Select(code => (code, isExact ? ShownCount.Exact(0) : ShownCount.Rounded(0)))];
    }

    private static AreaTakeUp TakeUp(IReadOnlyList<UseOf> areas, CountedAs counted, WhoCould could, VisibleContacts contacts, bool people) =>
        AreaTakeUp.Of(areas.ToDictionary(a => a.Code, a => a.Count(counted)), could.Areas, could.Areas.Keys.ToDictionary(c => c, c => contacts.Dimensions.Areas[c].Profile), people, contacts.IsExact);

    /// <summary>The last complete weeks and as many before them: as many as are shown, or half of what there is. Null where there is too little.</summary>
    internal static (Days Now, Days Before)? Halves(Scope scope)
    {
        var (first, end) = (Week.Of(scope.First.AddDays(6)), Week.Of(scope.Through.AddDays(1)));
        var weeks = Math.Min(scope.Weeks, (end - first) / 2);
        if (weeks < FewestWeeks) return null;
        var (middle, start) = (Week.Monday(end - weeks), Week.Monday(end - 2 * weeks));
        return (new(middle, Week.Monday(end).AddDays(-1)), new(start, middle.AddDays(-1)));
    }

    private static double? Level(string? text, out Errors errors)
    {
        var given = !string.IsNullOrWhiteSpace(text);
        var read = double.TryParse(text?.Trim().TrimEnd('%'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var level);
        errors = new Errors().Check("level", !given || read && level is > 0 and <= 1000, "Enter how many of 100 should use it, as a number above 0, like 25 or 12.5");
        return given && !errors.Any ? level : null;
    }
}
