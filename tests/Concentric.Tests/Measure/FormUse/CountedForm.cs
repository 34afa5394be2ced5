using Concentric.Core.Facts;
using Concentric.Measure.FormUse;
using Concentric.Measure.Variation;

namespace Concentric.Tests.Measure.FormUse;

/// <summary>A form whose visits a test makes up one by one, and its figures.</summary>
public abstract class CountedForm
{
    private protected static readonly DateOnly Monday = new(2026, 2, 2);

    private readonly List<VisitRow> _visits = [];
    private readonly List<PageRow> _pages = [];

    private protected List<MessageRow> Messages { get; } = [];
    private protected List<(int, DateOnly)> Published { get; } = [];

    private protected long Add(FormOutcome outcome, string? last, string[] pages, DateOnly? day = null, int version = 1, int seconds = 10, string channel = "web", int back = 0)
    {
        var number = _visits.Count + 1;
        _visits.Add(new() { Number = number, Version = version, Channel = channel, IsMediated = channel == "phone", Language = "en", Day = day ?? Monday, Outcome = outcome, LastPage = last });
        _pages.AddRange(pages.Select((p, i) => new PageRow { Number = number, Place = i, Page = p, Seconds = seconds, Back = i == 0 ? back : 0 }));
        return number;
    }

    private protected FormFigures Count(bool isExact = true, int weeks = 4, int? version = null)
    {
        var rows = new FormRows { Visits = _visits, Pages = _pages, Messages = Messages, Published = Published, Sent = 0, SentInBundles = 0 };
        var last = Monday.AddDays(7 * weeks - 1);
        return CountForm.Of(rows, new() { Form = "x", Period = new Days(Monday, last), Version = version }, isExact, last);
    }
}
