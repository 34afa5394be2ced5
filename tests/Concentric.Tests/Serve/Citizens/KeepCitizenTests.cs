using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.People;
using Concentric.Serve;
using Concentric.Serve.Citizens;
using Concentric.Serve.Enquiries;
using Concentric.Serve.Forms;
using Concentric.Tests.Serve.Forms;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Serve.Citizens;

/// <summary>Whose an enquiry is: who is taken for one, who is kept anew, and who is forgotten.</summary>
public sealed class KeepCitizenTests : IDisposable
{
    private readonly TestApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task Who_sends_a_form_twice_is_one_and_a_sensitive_form_makes_nobody_known()
    {
        await Send("missed-bin");
        var once = Assert.Single(await Citizens());
        await Send("missed-bin");
        await Send("homelessness-first-contact");

        var ada = Assert.Single(await Citizens());
        Assert.Equal(("Ada Marsh", "ada@example.com", once.Id), (ada.Name, ada.Email, ada.Id));
        Assert.NotNull(ada.Postcode);
        var enquiries = await _app.Db(d => d.Enquiries.OrderBy(e => e.RaisedAt).ThenBy(e => e.Id).ToListAsync());
        Assert.Equal([ada.Id, ada.Id], enquiries.Where(e => !e.IsSensitive).Select(e => e.CitizenId));
        Assert.Single(enquiries, e => e.IsSensitive);
    }

    [Fact]
    public async Task Only_what_cannot_be_two_people_is_taken_for_one()
    {
        var ada = await Keep(new("Ada Marsh", new(1980, 1, 5), "Marsh@Example.com", "07700 900123", "12 High Street, Northmoor", "NR1 1AA"));
        // The same in other letters, with a title, the other way round, or with less.
        Assert.Equal(ada, await Keep(new("MS  ADA MARSH", Email: " marsh@example.com ")));
        Assert.Equal(ada, await Keep(new("Marsh, Ada", Phone: "+44 7700 900123")));
        Assert.Equal(ada, await Keep(new(Email: "marsh@example.com")));
        Assert.Equal(ada, await Keep(new("Ada Marsh", Postcode: "nr11aa", Address: "12 High Street")));

        // Her husband has the same address, and their daughter her name and another birthday.
        var ben = await Keep(new("Ben Marsh", Email: "marsh@example.com"));
        var young = await Keep(new("Ada Marsh", new(2008, 3, 1), "marsh@example.com"));
        Assert.Equal(3, new[] { ada, ben, young }.Distinct().Count());
        // Of several nobody is guessed.
        var nobodys = await Keep(new(Email: "marsh@example.com"));
        Assert.True(nobodys != ada && nobodys != ben && nobodys != young);
        Assert.Equal(ben, await Keep(new("Ben Marsh", Email: "marsh@example.com")));

        // Of one name at one postcode there may be two, who have addresses of their own.
        var john = await Keep(new("John Field", Email: "john@example.com", Postcode: "NR2 2BB", Address: "1 Mill Lane"));
        Assert.NotEqual(john, await Keep(new("John Field", Email: "j.field@example.com", Postcode: "NR2 2BB", Address: "1 Mill Lane")));
        Assert.Equal(john, await Keep(new("John Field", Postcode: "NR2 2BB", Address: "1 Mill Lane", Email: "john@example.com")));

        // Nothing by which somebody could be found again; hostile words are kept as words.
        Assert.Null(await Keep(new("Ada Marsh")));
        Assert.Null(await Keep(new(Postcode: "NR1 1AA")));
        Assert.NotNull(await Keep(new("'; DROP\0 TABLE serve_citizen; --", Email: "x@example.com")));
        Assert.NotNull(await Keep(new(new string('x', 100_000), Email: "long@example.com")));
    }

    [Fact]
    public async Task Parts_of_one_bundle_are_one_and_a_language_stays_where_none_was_chosen()
    {
        // Known before by the address alone.
        await Keep(new(Email: "ada@example.com"));
        var ids = new List<Guid?>();
        await _app.Write(async d =>
        {
            ids.Clear();
            for (var part = 0; part < 3; part++) ids.Add(await KeepCitizen.Of(d, new("Ada Marsh", Email: "ada@example.com", Language: Language.Welsh), _app.Clock.Now));
        });
        Assert.Single(ids.Distinct());
        await Keep(new(Email: "ada@example.com"));
        Assert.Equal(Language.Welsh, Assert.Single(await Citizens()).Language);
    }

    [Fact]
    public async Task Many_first_enquiries_at_once_all_succeed_and_whoever_is_kept_twice_is_suggested()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Keep(new("Ada Marsh", Email: "ada@example.com"))));
        // Two rows of one person, as two transactions at once may leave them.
        await _app.Write(d =>
        {
            d.Add(new Citizen { Id = Guid.CreateVersion7(_app.Clock.Now), Name = "", Email = "only@example.com", Since = _app.Clock.Now });
            d.Add(new Citizen { Id = Guid.CreateVersion7(_app.Clock.Now), Name = "", Email = "only@example.com", Since = _app.Clock.Now });
            return Task.CompletedTask;
        });
        while (await _app.Services.GetRequiredService<SuggestPairs>().Suggest() > 0) { }
        var citizens = await Citizens();
        var pairs = await _app.Db(d => d.CitizenPairs.ToListAsync());
        var ada = citizens.Count(c => c.Name.Length > 0);
        Assert.Equal(ada * (ada - 1) / 2 + 1, pairs.Count);
        Assert.Contains(pairs, p => p.Reasons == "same email");
    }

    [Fact]
    public async Task Rows_that_are_joined_are_one_for_what_is_asked_next()
    {
        var ada = (await Keep(new("Ada Marsh", Email: "ada@example.com")))!.Value;
        var also = (await Keep(new("Adeline Marsh", Email: "ada@example.com")))!.Value;
        var third = await Keep(new(Email: "ada@example.com"));
        Assert.True(third != ada && third != also);
        await _app.Write(async d => d.Remove((await d.Citizens.FindAsync(third))!));
        var (first, second) = CitizenPair.InOrder(ada, also);
        await _app.Write(d =>
        {
            d.Add(new CitizenPair { FirstId = first, SecondId = second, Weight = 20, Reasons = "", Found = PairFound.Same, SuggestedAt = _app.Clock.Now });
            return Task.CompletedTask;
        });
        Assert.Contains(await Keep(new(Email: "ada@example.com")), new Guid?[] { ada, also });
        Assert.Equal(2, (await Citizens()).Count);
    }

    [Fact]
    public async Task What_came_without_a_form_goes_two_years_after_it_was_answered()
    {
        var asha = await _app.SignInAs(Role.Adviser);
        await (await asha.Open("/desk/enquiries/new")).Press("Keep it", ("Channel", "phone"), ("Words", "The bin was missed."), ("Email", "ada@example.com"));
        await (await asha.Open("/desk/enquiries/new")).Press("Keep it", ("Channel", "phone"), ("Words", "Nobody answered this."), ("Email", "ben@example.com"));
        var first = await _app.Db(d => d.Enquiries.OrderBy(e => e.Email).Select(e => e.Reference).FirstAsync());
        await (await asha.Open($"/desk/enquiries/{first}")).Press("Answer", ("Answer", "Done."), ("Demand", "value"));
        var writer = _app.Services.GetRequiredService<IWriter>();

        Assert.Equal(0, await ForgetEnquiries.Forget(writer, _app.Clock.Now.AddMonths(23)));
        Assert.Equal(1, await ForgetEnquiries.Forget(writer, _app.Clock.Now.AddMonths(25)));
        Assert.Equal(0, await ForgetEnquiries.Forget(writer, _app.Clock.Now.AddMonths(25)));

        Assert.Equal([("", ForgetEnquiries.NotKept), ("ben@example.com", "Nobody answered this.")], (await _app.Db(d => d.Enquiries.OrderBy(e => e.Email).ToListAsync())).Select(e => (e.Email, e.Words)));
    }

    [Fact]
    public async Task Of_whom_nothing_is_kept_any_more_is_forgotten()
    {
        await Send("missed-bin");
        var id = Assert.Single(await Citizens()).Id;
        var (writer, later) = (_app.Services.GetRequiredService<IWriter>(), _app.Clock.Now.AddYears(10));
        await _app.Write(d =>
        {
            d.Add(new CitizenLook { Id = Guid.CreateVersion7(_app.Clock.Now), CitizenId = id, PersonId = Guid.Empty, Role = Role.Adviser, Team = "", Reason = LookReason.Own, At = _app.Clock.Now });
            return Task.CompletedTask;
        });

        await EndVisits.Forget(writer, _app.Clock.Now.AddDays(1));
        Assert.Single(await Citizens());
        // An open case keeps them.
        await EndVisits.Forget(writer, later);
        var cases = await _app.Db(d => d.Cases.CountAsync());
        Assert.Equal(cases, (await Citizens()).Count);
        await _app.Write(d => d.Cases.ExecuteUpdateAsync(c => c.SetProperty(x => x.IsOpen, false)));
        // Something else that they asked keeps them too.
        await _app.Write(async d => d.Enquiries.Add(new()
        {
            Id = Guid.CreateVersion7(_app.Clock.Now), Reference = Reference.New(), Token = Guid.CreateVersion7(_app.Clock.Now), Service = null, Words = "Bins?", Email = "ada@example.com", Channel = "web", RaisedAt = _app.Clock.Now,
            CitizenId = cases > 0 ? id : await KeepCitizen.Of(d, new(Email: "ada@example.com"), _app.Clock.Now),
        }));
        await EndVisits.Forget(writer, later);
        Assert.Single(await Citizens());

        await _app.Write(async d =>
        {
            await ForgetCitizens.Leave(d, d.Enquiries);
            await d.Enquiries.ExecuteUpdateAsync(e => e.SetProperty(x => x.Email, "").SetProperty(x => x.Words, ForgetEnquiries.NotKept));
        });
        await EndVisits.Forget(writer, later);
        Assert.Empty(await Citizens());
        Assert.Empty(await _app.Db(d => d.CitizenLooks.ToListAsync()));
        Assert.All(await _app.Db(d => d.Enquiries.ToListAsync()), e => Assert.Null(e.CitizenId));
    }

    private async Task<Guid?> Keep(Told told)
    {
        Guid? id = null;
        await _app.Write(async d => id = await KeepCitizen.Of(d, told, _app.Clock.Now));
        return id;
    }

    private Task<List<Citizen>> Citizens() => _app.Db(d => d.Citizens.AsNoTracking().OrderBy(c => c.Id).ToListAsync());

    private async Task Send(string id)
    {
        var form = (await _app.Services.GetRequiredService<PublishedForms>().Find(id))!.Form;
        var answers = FindAnswers.Complete(form, Say.DayOf(_app.Clock.Now))!;
        foreach (var question in form.Questions)
            if (question.Particular is "person.email" or "person.name") answers = answers.With(question.Id, new Value.Text(question.Particular == "person.email" ? "ada@example.com" : "Ada Marsh"));
        var ada = await new FillsIn(_app.Browse(), form, answers).Begin();
        await ada.GoTo();
        await ada.Send();
    }
}
