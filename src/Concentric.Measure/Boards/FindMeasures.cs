using System.Globalization;
using Concentric.Core.Data;
using Concentric.Core.People;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Measure.Boards;

/// <summary>Finds the measures of a board: those that it has without set-up, then those that persons keep.</summary>
internal sealed class FindMeasures(ConcentricDb db)
{
    /// <summary>Most measures of a board: more are not looked at.</summary>
    public const int Most = 200;

    /// <param name="council">Short name.</param>
    /// <param name="board">Key of the service; empty for the council's own board.</param>
    public async Task<IReadOnlyList<BoardMeasure>> Of(string council, string board, CancellationToken stop)
    {
        var kept = await db.KeptMeasures.AsNoTracking().Where(m => m.Council == council && m.Board == board && m.EndedAt == null).ToListAsync(stop);
        return [.. AutomaticMeasures.Of(council, board), .. await With(kept, stop)];
    }

    /// <summary>The measure of that key, or null. One that was taken off its board is still found, because reviews and links name it.</summary>
    public async Task<BoardMeasure?> Find(string council, string key, CancellationToken stop)
    {
        if (AutomaticMeasures.Find(council, key) is { } automatic) return automatic;
        if (!Guid.TryParse(key, CultureInfo.InvariantCulture, out var id)) return null;
        var kept = await db.KeptMeasures.AsNoTracking().Where(m => m.Id == id && m.Council == council).ToListAsync(stop);
        return (await With(kept, stop)).SingleOrDefault();
    }

    /// <summary>Names of persons by their ids, as pages write them.</summary>
    public async Task<Func<string, string>> People(CancellationToken stop)
    {
        var names = await db.Set<Person>().AsNoTracking().ToDictionaryAsync(p => p.Id, p => p.Name, stop);
        return by => Guid.TryParse(by, CultureInfo.InvariantCulture, out var id) ? names.GetValueOrDefault(id, "Somebody who has left") : "The program";
    }

    private async Task<IReadOnlyList<BoardMeasure>> With(List<KeptMeasure> kept, CancellationToken stop)
    {
        if (kept.Count == 0) return [];
        var ids = kept.ConvertAll(m => m.Id);
        var versions = (await db.MeasureVersions.AsNoTracking().Where(v => ids.Contains(v.Measure)).ToListAsync(stop)).ToLookup(v => v.Measure);
        var name = await People(stop);
        return
        [
            .. kept.OrderBy(m => m.KeptAt).ThenBy(m => m.Id).Select(m => new BoardMeasure
            {
                Key = $"{m.Id}",
                Council = m.Council,
                Board = m.Board,
                Name = m.Name,
                About = m.About,
                Better = m.Better,
                For = m.For,
                Use = m.Use,
                Period = m.Period,
                Owner = name($"{m.Owner}"),
                IsKept = true,
                Versions = [.. versions[m.Id].OrderBy(v => v.Number).Select(v => new DefinitionVersion(v.Number, v.From, MeasureSource.Parse(v.Source), v.Reason, name(v.By), v.At))],
            }),
        ];
    }
}
