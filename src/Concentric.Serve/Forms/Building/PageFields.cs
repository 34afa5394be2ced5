using Concentric.Core;

namespace Concentric.Serve.Forms.Building;

/// <summary>A page as boxes of its editor: what it is called, when it is shown, and the ways on from it.</summary>
internal static class PageFields
{
    /// <summary>Empty rows that the editor offers beside the ways that there are.</summary>
    public const int FurtherWays = 2;

    /// <summary>As many as a form has pages.</summary>
    public const int MostWays = 300;

    public static Fields Write(FormPage page)
    {
        var fields = new Fields().Set("Id", page.Id).Put("Title", page.Title).Put("Section", page.Section).Put("ShowIf", page.ShowIf).Tick("Stop", page.Stop);
        foreach (var (i, way) in page.Next.Index()) fields.Put($"Way{i}", way.Page).Put($"Way{i}If", way.If);
        return fields;
    }

    /// <summary>How many rows of ways the editor shows.</summary>
    public static int Ways(Fields fields)
    {
        var last = Enumerable.Range(0, MostWays).LastOrDefault(i => fields[$"Way{i}"] is not null || fields[$"Way{i}If"] is not null, -1);
        return Math.Min(MostWays, last + 1 + FurtherWays);
    }

    public static FormPage Read(Form form, FormPage before, Fields fields, Errors errors)
    {
        var id = fields["Id"] ?? "";
        errors.Check("Id", Typed.IsId(id), "The name in the web address must be small letters, digits and dashes, beginning with a letter");
        errors.Check("Id", !FormCheck.TakenPageIds.Contains(id), $"“{id}” is taken: an address of every form ends in it. Use another name");
        errors.Check("Id", id == before.Id || form.Page(id) is null, $"Another page has the name “{id}”");
        var title = fields.Text("Title", errors);
        errors.Check("Title", title is not null || before.Items.OfType<Question>().Count() == 1, "Enter a title: only a page with one question can do without");
        var section = fields["Section"];
        errors.Check("Section", section is null || form.Sections.Any(s => s.Id == section), "Select one of the sections of the form");
        var stop = fields.IsTicked("Stop");
        errors.Check("Stop", !stop || !before.Questions.Any(), "A page that ends the form asks nothing. Remove its questions first");
        errors.Check("Way0", before.Next.Count <= MostWays, $"It has more than {MostWays} ways on, which cannot all be shown here. Change it as JSON");
        var ways = new List<Jump>();
        var place = form.Pages.ToList().FindIndex(p => p.Id == before.Id);
        for (var i = 0; i < MostWays; i++)
        {
            var (to, condition) = (fields[$"Way{i}"], fields.Expression($"Way{i}If", errors));
            if (to is null)
            {
                errors.Check($"Way{i}", condition is null, "Select the page that this route goes to");
                continue;
            }
            var target = form.Pages.ToList().FindIndex(p => p.Id == to);
            errors.Check($"Way{i}", to == Jump.Check || target >= 0, "Select a page of the form");
            errors.Check($"Way{i}", to == Jump.Check || target < 0 || target > place, "A route can only go to a later page");
            ways.Add(new(to, condition));
        }
        return before with { Id = id, Title = title, Section = section, ShowIf = fields.Expression("ShowIf", errors), Stop = stop, Next = ways };
    }
}
