using System.Text.Json.Nodes;
using Concentric.Core.Data;
using Concentric.Needs.Concepts;
using Concentric.Needs.Directory;
using Concentric.Needs.Editions;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Needs.Designing;

/// <summary>Takes the changes of a draft anew where somebody else published a change of the same things meanwhile.</summary>
/// <remarks>A merge of three: what the draft changed is changed in what is there now; all else stays as the other left it. Where both changed the same field, the draft wins, for its author sees both.</remarks>
internal static class TakeAnew
{
    /// <summary>To be called inside <see cref="IWriter.Write"/>. What is the same afterwards is no change any more.</summary>
    public static async Task Run(ConcentricDb db, Guid draft)
    {
        foreach (var change in await db.ModelChanges.Where(c => c.Edition == draft).ToListAsync())
        {
            var now = await Drafts.AsPublished(db, change.Kind, change.Subject);
            if (now == change.Before) continue;
            var after = Merge(change.Kind, change.Before, change.After, now);
            db.Remove(change);
            await db.SaveChangesAsync();
            // What it was before cannot be changed in a change, so that nobody changes it by mistake: it is another one in the same place.
            if (after != now)
                db.Add(new ModelChange { Edition = draft, Place = change.Place, Kind = change.Kind, Subject = change.Subject, Before = now, After = after, By = change.By, At = change.At, Why = change.Why });
        }
        await db.SaveChangesAsync();
    }

    /// <summary>The thing as it is now with what the draft changed in it.</summary>
    public static string? Merge(ChangedThing kind, string? before, string? after, string? now)
    {
        if (before is null || after is null || now is null) return after;
        var merged = Merge(JsonNode.Parse(before)!.AsObject(), JsonNode.Parse(after)!.AsObject(), JsonNode.Parse(now)!.AsObject()).ToJsonString();
        // Written as everything else is, so that equal things are equal texts.
        return kind switch
        {
            ChangedThing.Concept => ModelChange.Written(StoredJson.Read<Concept>(merged)!),
            ChangedThing.Relation => ModelChange.Written(StoredJson.Read<Relation>(merged)!),
            ChangedThing.Offer => ModelChange.Written(StoredJson.Read<Offer>(merged)!),
            _ => ModelChange.Written(StoredJson.Read<Place>(merged)!),
        };
    }

    private static JsonObject Merge(JsonObject before, JsonObject after, JsonObject now)
    {
        foreach (var field in before.Select(p => p.Key).Union(after.Select(p => p.Key)).ToList())
        {
            if (JsonNode.DeepEquals(before[field], after[field])) continue;
            if (before[field] is JsonObject b && after[field] is JsonObject a && now[field] is JsonObject n) now[field] = Merge(b, a, (JsonObject)n.DeepClone());
            else if (after[field] is { } value) now[field] = value.DeepClone();
            else now.Remove(field);
        }
        return now;
    }
}
