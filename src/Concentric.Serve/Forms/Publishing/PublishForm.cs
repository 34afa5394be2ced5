using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Forms;

/// <summary>Puts a version of a form into use, with its fact.</summary>
internal static class PublishForm
{
    /// <summary>What still keeps a form from being published: its problems, and what must be said of the use of its answers.</summary>
    public static IReadOnlyList<FormProblem> Missing(Form form)
    {
        var missing = new List<FormProblem>(FormCheck.Of(form));
        if (form.Data is not { } data)
        {
            missing.Add(new("data", "Say what the answers are used for: purpose, lawful basis, how long they are kept, and the privacy text."));
            return missing;
        }
        if (string.IsNullOrWhiteSpace(data.Purpose)) missing.Add(new("purpose", "Say what the answers are used for."));
        if (!LawfulBases.ContainsKey(data.LawfulBasis)) missing.Add(new("lawfulBasis", $"Choose the lawful basis: {string.Join(", ", LawfulBases.Keys)}."));
        if (data.RetentionMonths is < 1 or > 1200) missing.Add(new("retentionMonths", "Say how many months the answers are kept, from 1 to 1,200."));
        if (string.IsNullOrWhiteSpace(data.Privacy.En)) missing.Add(new("privacy", "Write the privacy text."));
        if (string.IsNullOrWhiteSpace(form.Team)) missing.Add(new("team", "Name the team that gets what is sent."));
        if (string.IsNullOrWhiteSpace(form.Service)) missing.Add(new("service", "Enter the number of the service."));
        if (string.IsNullOrWhiteSpace(form.Interaction)) missing.Add(new("interaction", "Enter the number of the interaction."));
        if (string.IsNullOrWhiteSpace(form.Process)) missing.Add(new("process", "Name the process that a submission starts."));
        if (form.PromiseDays is < 0 or > 260) missing.Add(new("promiseDays", "Say in how many working days people get an answer, from 0 to 260."));
        return missing;
    }

    /// <summary>The bases of the UK GDPR, article 6, by short name.</summary>
    public static IReadOnlyDictionary<string, string> LawfulBases { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["public-task"] = "Public task",
        ["legal-obligation"] = "Legal obligation",
        ["contract"] = "Contract",
        ["consent"] = "Consent",
        ["vital-interests"] = "Vital interests",
        ["legitimate-interests"] = "Legitimate interests",
    };

    /// <summary>Makes it the version that people get. Those who are filling in an earlier one go on with that.</summary>
    public static void Publish(ConcentricDb db, KnownForm known, FormVersion version, string by, DateTimeOffset now)
    {
        var form = Form.Read(version.Definition);
        version.State = FormState.Published;
        known.Published = version.Number;
        (known.Title, known.Service, known.Team) = (form.Title.En, form.Service, form.Team);
        db.Record(new FormPublished(known.Id, version.Number, version.Digest), by, now);
    }

    /// <summary>Publishes the forms of the library that this installation does not have yet. A form that somebody changed is left alone.</summary>
    public static Task<int> SeedLibrary(IWriter writer, DateTimeOffset now, CancellationToken stop) => writer.Write(async db =>
    {
        var there = await db.KnownForms.Select(f => f.Id).ToListAsync(stop);
        var added = 0;
        foreach (var form in Library.Forms.Where(f => !there.Contains(f.Id)))
        {
            var definition = form.Write();
            var known = new KnownForm { Id = form.Id, Title = form.Title.En, Service = form.Service, Team = form.Team };
            var version = new FormVersion
            {
                Id = Guid.CreateVersion7(now), Form = form.Id, Number = 1, Definition = definition, Digest = FormVersion.DigestOf(definition),
                State = FormState.Draft, By = Actor.System, At = now, Note = "Comes with the program.",
            };
            db.Add(known);
            db.Add(version);
            Publish(db, known, version, Actor.System, now);
            added++;
        }
        return added;
    }, stop);
}
