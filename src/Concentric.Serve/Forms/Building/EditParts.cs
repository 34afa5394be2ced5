using Concentric.Core;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Concentric.Serve.Forms.Building;

/// <summary>A designer writes what several pages share: sections, lists of choices, calculations, lookups and the payment.</summary>
internal static class EditParts
{
    private const string Money = "money";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/forms-design/{form}/{version:int}/parts", Show).For(Audience.Design);
        pages.MapPost("/forms-design/{form}/{version:int}/parts", Save).For(Audience.Design);
    }

    internal static Fields Write(Form form)
    {
        var fields = new Fields().Put("Sections", Lines.Write(form.Sections.Select(s => new[] { s.Id, s.Title.En, s.Title.Cy })))
            .Put("Calculations", Lines.Write(form.Calculations.Select(c => new[] { c.Id, c.Value, c.Title?.En, c.Title?.Cy, c.Money ? Money : null })))
            .Put("Lookups", Lines.Write(form.Lookups.Select(l => l.By.Select(b => $"{b.Key} = {b.Value}").Prepend(l.Table).Prepend(l.Id))))
            .Put("Amount", form.Payment?.Amount).Put("Description", form.Payment?.Description);
        foreach (var list in form.Lists) ChoiceLines.Put(fields, $"List.{list.Id}", list.Items);
        return fields;
    }

    internal static Form Read(Form before, Fields fields, Errors errors)
    {
        var sections = Lines.Read(fields["Sections"]);
        errors.Check("Sections", sections.All(s => Typed.IsId(s[0]) && s.At(1) is not null), "Each line is an id and a title, as in: bin | Your bin");
        var lists = before.Lists.Where(l => fields[$"List.{l.Id}"] is not null).Select(l => l with { Items = ChoiceLines.Read(fields, $"List.{l.Id}", l.Items, errors) }).ToList();
        if (fields["NewList"] is { } name)
        {
            errors.Check("NewList", Typed.IsId(name) && before.Lists.All(l => l.Id != name), "The id of a list is small letters, digits and dashes, and no other list has it");
            errors.Check("NewChoices", fields["NewChoices"] is not null, "Enter the choices of the new list");
            lists.Add(new(name, ChoiceLines.Read(fields, "NewChoices", [], errors)));
        }
        else errors.Check("NewList", fields["NewChoices"] is null, "Enter an id for the new list");
        var amount = fields.Expression("Amount", errors);
        var description = fields.Text("Description", errors);
        errors.Check("Description", amount is null || description is not null, "Enter what the payment is for");
        return before with
        {
            Sections = [.. sections.Select(s => new FormSection(s[0], new(s.At(1) ?? "", s.At(2))))], Lists = lists, Calculations = Calculations(fields, errors), Lookups = Lookups(fields, errors),
            Payment = amount is null ? null : new(amount, description ?? ""),
        };
    }

    private static List<Calculation> Calculations(Fields fields, Errors errors)
    {
        var rows = Lines.Read(fields["Calculations"]);
        errors.Check("Calculations", rows.All(r => Typed.IsId(r[0]) && r.At(1) is not null), "Each line is an id and an expression, as in: total | bags * 3 | Total | Cyfanswm | money");
        foreach (var row in rows.Where(r => r.At(1) is not null))
            if (Expression.Parse(row[1]).Error is { } error) errors.Check("Calculations", false, $"“{row[1]}” cannot be read: {error}");
        return [.. rows.Select(r => new Calculation(r[0], r.At(1) ?? "", r.At(2) is { } title && title != Money ? new(title, r.At(3) == Money ? null : r.At(3)) : null, r.Skip(2).Contains(Money, StringComparer.Ordinal)))];
    }

    private static List<Lookup> Lookups(Fields fields, Errors errors)
    {
        var lookups = new List<Lookup>();
        foreach (var row in Lines.Read(fields["Lookups"]))
        {
            var by = row.Skip(2).Where(p => p.Length > 0).Select(p => p.Split('=', 2, StringSplitOptions.TrimEntries)).ToList();
            var isWhole = Typed.IsId(row[0]) && row.At(1) is not null && by.Count > 0 && by.All(b => b.Length == 2 && b[0].Length > 0 && Expression.Parse(b[1]).Error is null) && by.DistinctBy(b => b[0]).Count() == by.Count;
            errors.Check("Lookups", isWhole, "Each line is an id, a table, and columns with what they must equal, as in: round | rounds | postcode = home.postcode | bin = bin");
            if (isWhole) lookups.Add(new(row[0], row[1], by.ToDictionary(b => b[0], b => b[1], StringComparer.Ordinal)));
        }
        return lookups;
    }

    private static Task<IResult> Show(string form, int version, [AsParameters] Builder builder) =>
        builder.Show(form, version, view => Page(view, Write(view.Form), new()));

    private static async Task<IResult> Save(string form, int version, IFormCollection posted, [AsParameters] Builder builder)
    {
        var fields = new Fields(posted);
        // All parts are in one page: to save it again after somebody else did would undo whatever they changed in any of them.
        return await builder.Save(form, version, fields, f =>
        {
            var errors = new Errors();
            var after = Read(f, fields, errors);
            return errors.Any ? Edited.Wrong(f, errors) : after;
        }, new BuildLinks(form, version).Version, (view, errors, _) => Page(view, fields, errors));
    }

    private static RazorComponentResult Page(VersionView view, Fields fields, Errors errors) => new RazorComponentResult<EditPartsPage>(new
    {
        View = view, Typed = fields, Errors = errors.InOrder("Sections", "Calculations", "Lookups", "Amount", "Description", "List", "NewList", "NewChoices"),
    })
    { StatusCode = SaveAnswers.StatusOf(errors) };
}
