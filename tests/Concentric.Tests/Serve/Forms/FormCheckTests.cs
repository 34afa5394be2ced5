using Concentric.Serve.Forms;
using static Concentric.Tests.Serve.Forms.ReadAnswerTests;

namespace Concentric.Tests.Serve.Forms;

[Trait("Database", "none")]
public sealed class FormCheckTests
{
    private static readonly Form Good = FormOf(Yes("one"), Yes("two"), Yes("three"));

    private static readonly Question Group = Q(QuestionKind.Repeat) with { Fields = [Yes("works")] };

    public static TheoryData<string, Form> Wrong => new()
    {
        { "“schema” is 2", Good with { Schema = 2 } },
        { "cannot be the form’s id", Good with { Id = "My form" } },
        { "A form has 1 to 300 pages", Good with { Pages = [] } },
        { "A form has 1 to 300 pages", Good with { Pages = [.. Enumerable.Range(0, 301).Select(n => Good.Pages[0] with { Id = $"p{n}", Items = [Yes($"q{n}")] })] } },
        { "at most 1000 questions", FormOf([.. Enumerable.Range(0, 1001).Select(n => Yes($"q{n}"))]) },
        { "at most 1000 calculations", Good with { Calculations = [.. Enumerable.Range(0, 1001).Select(n => new Calculation($"c{n}", "1"))] } },
        { "The first page is asked always", First(p => p with { ShowIf = "true" }) },
        { "Two sections have this id", Good with { Sections = [new("s", "S"), new("s", "S")] } },
        { "Two lists have this id", Good with { Lists = [new("l", []), new("l", [])] } },
        { "that questions share cannot reveal", Good with { Lists = [new("l", [new("a", "A") { Reveals = [Yes("r")] }])] } },
        { "Two pages have this id", Good with { Pages = [Good.Pages[0], Good.Pages[0] with { Items = [Yes("x")] }] } },
        { "used twice among questions", Good with { Pages = [Good.Pages[0], Good.Pages[1] with { Items = [Yes("one")] }] } },
        { "used twice among questions", Good with { Calculations = [new("one", "1")] } },
        { "used twice among questions", Good with { Lookups = [new("one", "t", new Dictionary<string, string>())] } },
        { "cannot be a page’s id", First(p => p with { Id = "check" }) },
        { "cannot be a page’s id", First(p => p with { Id = "../x" }) },
        { "cannot be a question’s id", FormOf(Yes("Grand Total")) },
        { "cannot be a question’s id", FormOf(Group with { Fields = [Yes("a.b")] }) },
        { "There is no section “s”", First(p => p with { Section = "s" }) },
        { "each page belongs to a section", Good with { TaskList = true } },
        { "pages of a section stand together", Good with { TaskList = true, Sections = [new("s", "S"), new("t", "T")], Pages = [Good.Pages[0] with { Section = "s" }, Good.Pages[1] with { Section = "t" }, Good.Pages[2] with { Section = "s" }] } },
        { "needs a title", First(p => p with { Items = [Yes("a"), Yes("b")] }) },
        { "The page is empty", First(p => p with { Items = [] }) },
        { "that ends the form asks nothing", First(p => p with { Stop = true }) },
        { "there is no such page", First(p => p with { Next = [new("gone")] }) },
        { "It leads back to", Good with { Pages = [Good.Pages[0], Good.Pages[1] with { Next = [new("p-one", "one")] }] } },
        { "It leads back to", First(p => p with { Next = [new("p-one", "one")] }) },
        { "a way stays in its section", Good with { TaskList = true, Sections = [new("s", "S"), new("t", "T")], Pages = [Good.Pages[0] with { Section = "s", Next = [new("p-three", "one")] }, Good.Pages[1] with { Section = "s" }, Good.Pages[2] with { Section = "t" }] } },
        { "The question has no words", FormOf(Yes("a") with { Title = " " }) },
        { "There is no list “l”", FormOf(Q(QuestionKind.Select) with { List = "l" }) },
        { "It has no choices", FormOf(Q(QuestionKind.Radios)) },
        { "more than 5000 choices", FormOf(Q(QuestionKind.Select) with { Choices = [.. Enumerable.Range(0, 5001).Select(n => new FormChoice($"{n}", "N"))] }) },
        { "choices of its own and a list", FormOf(Q(QuestionKind.Radios) with { List = "l", Choices = [new("a", "A")] }) with { Lists = [new("l", [new("a", "A")])] } },
        { "has no value", FormOf(Q(QuestionKind.Radios) with { Choices = [new("", "A")] }) },
        { "have the same value", FormOf(Q(QuestionKind.Radios) with { Choices = [new("a", "A"), new("a", "B")] }) },
        { "cannot reveal questions. Use radios", FormOf(Q(QuestionKind.Select) with { Choices = [new("a", "A") { Reveals = [Yes("r")] }] }) },
        { "Only radios, checkboxes, select and autocomplete have choices", FormOf(Yes("a") with { Choices = [new("a", "A")] }) },
        { "“atLeast” must be", FormOf(Q(QuestionKind.File) with { AtLeast = 3, AtMost = 2 }) },
        { "“decimals” must be", FormOf(Q(QuestionKind.Number) with { Decimals = 40 }) },
        { "Files of the kind “exe” are never taken. There are: pdf, jpg", FormOf(Q(QuestionKind.File) with { Accept = ["pdf", "exe"] }) },
        { "“maxLength” must be", FormOf(Q(QuestionKind.Text) with { MaxLength = 1_000_000 }) },
        { "Only a repeating group has fields", FormOf(Q(QuestionKind.Text) with { Fields = [Yes("f")] }) },
        { "A repeating group needs fields", FormOf(Q(QuestionKind.Repeat)) },
        { "at most 100 rows", FormOf(Group with { AtMost = 101 }) },
        { "cannot repeat, reveal or take files", FormOf(Group with { Fields = [Q(QuestionKind.File) with { Id = "f" }] }) },
        { "Two of its fields have the same id", FormOf(Group with { Fields = [Yes("f"), Yes("f")] }) },
        { "It has no choices", FormOf(Group with { Fields = [Q(QuestionKind.Radios) with { Id = "f" }] }) },
        { "stands alone on its page", First(p => p with { Title = "T", Items = [Group, Yes("x")] }) },
        { "stands alone on its page", FormOf(Q(QuestionKind.Radios) with { Id = "a", Choices = [new("a", "A") { Reveals = [Group] }] }) },
        { "Its pattern cannot be used", FormOf(Q(QuestionKind.Text) with { Pattern = "(a" }) },
        { "There is no particular “shoe.size”", FormOf(Q(QuestionKind.Text) with { Particular = "shoe.size" }) },
        { "There is no message “oops”", FormOf(Q(QuestionKind.Text) with { Messages = new Dictionary<string, LocalText> { ["oops"] = "O" } }) },
        { "cannot be read", Second(p => p with { ShowIf = "one = " }) },
        { "there is no such question", Second(p => p with { ShowIf = "gone" }) },
        { "there is no such question", First(p => p with { Next = [new("check", "gone")] }) },
        { "there is no such question", First(p => p with { Items = [Yes("one") with { ShowIf = "gone" }] }) },
        { "there is no such question", First(p => p with { Items = [Q(QuestionKind.Number) with { Min = "gone" }] }) },
        { "there is no such question", First(p => p with { Items = [Q(QuestionKind.Number) with { Rules = [new("gone", "M")] }] }) },
        { "there is no such question", FormOf(Group with { Fields = [Yes("f") with { ShowIf = "gone" }] }) },
        { "there is no such question", Good with { Calculations = [new("b", "a"), new("a", "1")] } },
        { "there is no such question", Good with { Payment = new("gone", "Fee") } },
        { "there is no such question", Good with { Lookups = [new("l", "t", new Dictionary<string, string> { ["c"] = "gone" })] } },
        { "asked only on a later page", Second(p => p with { ShowIf = "three" }) },
        { "asked only on a later page", Second(p => p with { ShowIf = "two" }) },
        { "asked only on a later page", First(p => p with { Next = [new("check", "two")] }) },
        { "asked only on a later page", First(p => p with { Items = [Yes("one") with { Rules = [new("three", "M")] }] }) },
        { "asked only on a later page", First(p => p with { Items = [Yes("one") with { Rules = [new("answered(three) or one", "M")] }] }) },
        { "asked only on a later page", First(p => p with { Items = [Q(QuestionKind.Number) with { Id = "one", Min = "if(three, 1, 2)" }] }) },
        { "asked only on a later page", First(p => p with { Items = [Q(QuestionKind.Number) with { Id = "one", Max = "if(three, 1, 2)" }] }) },
        { "asked only on a later page", First(p => p with { Items = [Yes("one") with { Rules = [new("both", "M")] }] }) with { Calculations = [new("either", "two or three"), new("both", "either and one")] } },
        { "asked only on a later page", FormOf(Group with { Fields = [Yes("f") with { ShowIf = "later" }] }, Yes("later")) },
        { "asked only on a later page", FormOf(Group with { Fields = [Yes("f") with { Rules = [new("later", "M")] }] }, Yes("later")) },
        { "asks for “q”, the group itself", FormOf(Group with { Fields = [Yes("f") with { ShowIf = "count(q) > 1" }] }) },
        { "asks for “q”, the group itself", FormOf(Group with { Fields = [Yes("f") with { ShowIf = "many" }] }) with { Calculations = [new("many", "count(q) > 1")] } },
        { "does not stand before it in the row", FormOf(Group with { Fields = [Yes("f") with { ShowIf = "g" }, Yes("g")] }) },
        { "does not stand before it in the row", FormOf(Group with { Fields = [Yes("f") with { ShowIf = "f" }] }) },
        { "its rows have no such field", FormOf(Group) with { Calculations = [new("c", "sum(q, 'how-many')")] } },
        { "its rows have no such field", FormOf(Group, Yes("x") with { ShowIf = "not any(q, 'job', true)" }) },
        { "there are not as many choices", FormOf(Q(QuestionKind.Checkboxes) with { AtLeast = 3, Choices = [new("a", "A"), new("b", "B"), new("c", "C") { Alone = true }] }) },
        { "At most 10 files are taken", FormOf(Q(QuestionKind.File) with { AtLeast = 11 }) },
        { "cannot be the form’s id", Good with { Id = "return" } },
        { "cannot be the form’s id", Good with { Id = "form\n" } },
        { "cannot be a page’s id", First(p => p with { Id = "pay" }) },
        { "cannot be a page’s id", First(p => p with { Id = "stay" }) },
        { "cannot be a page’s id", First(p => p with { Id = "p-one\n" }) },
        { "cannot be a question’s id", FormOf(Yes("one\n")) },
        { "No way leads to this page", First(p => p with { Next = [new("p-three")] }) },
        { "No way leads to this page", First(p => p with { Next = [new("check")] }) },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_wrong_with_a_form_is_said(string words, Form form) => Assert.Contains(FormCheck.Of(form), p => p.Message.Contains(words, StringComparison.Ordinal));

    [Fact]
    public void A_good_form_has_nothing_wrong()
    {
        Assert.Empty(FormCheck.Of(Good));
        Assert.Empty(FormCheck.Of(FormOf(Group)));
        Assert.Empty(FormCheck.Of(Second(p => p with { ShowIf = "one", Next = [new("check", "two")] })));
        Assert.Empty(FormCheck.Of(Second(p => p with { ShowIf = "one", Stop = true, Title = "No", Items = [] })));
        Assert.Empty(FormCheck.Of(Good with { Calculations = [new("a", "one"), new("b", "a and two")], Payment = new("if(b, 1, 0)", "Fee") }));
        Assert.Empty(FormCheck.Of(FormOf(Group with { Fields = [Yes("works"), Yes("long") with { ShowIf = "works" }] })));
        // An address in a row is typed there.
        Assert.Empty(FormCheck.Of(FormOf(Group with { Fields = [Q(QuestionKind.Address) with { Id = "home" }] })));
        Assert.Empty(FormCheck.Of(FormOf(Group, Yes("x") with { ShowIf = "any(q, 'works', true)" })));
        Assert.Empty(FormCheck.Of(FormOf(Yes("before"), Group with { Fields = [Yes("works") with { ShowIf = "before", Rules = [new("works or long", "M")] }, Yes("long")] })));
        foreach (var excused in new[] { "not answered(three) or three", "one or (not answered(three)) or three", "three = nothing or three", "if(answered(three), three, true)" })
            Assert.Empty(FormCheck.Of(First(p => p with { Items = [Yes("one") with { Rules = [new(excused, "M")] }] })));
    }

    [Fact]
    public void Every_form_that_comes_with_the_program_has_nothing_wrong_and_can_be_completed()
    {
        foreach (var form in Library.Forms)
        {
            Assert.Empty(FormCheck.Of(form));
            Assert.NotNull(FindAnswers.Complete(form, RandomForm.Today));
            foreach (var page in form.Pages) Assert.True(FindAnswers.Leading(form, page.Id, RandomForm.Today) is not null, $"No answers lead to {form.Id} {page.Id}");
        }
    }

    private static Question Yes(string id) => Q(QuestionKind.YesNo) with { Id = id };

    private static Form First(Func<FormPage, FormPage> change) => Good with { Pages = [change(Good.Pages[0]), Good.Pages[1], Good.Pages[2]] };

    private static Form Second(Func<FormPage, FormPage> change) => Good with { Pages = [Good.Pages[0], change(Good.Pages[1]), Good.Pages[2]] };
}
