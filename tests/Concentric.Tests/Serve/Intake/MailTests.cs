using System.Net;
using System.Text;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Serve;
using Concentric.Serve.Intake;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Serve;

/// <summary>E-mail becomes an enquiry, more of one that there is, or something that somebody looks at; and is always there as it came.</summary>
public sealed class MailTests : IDisposable
{
    private readonly TestApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task Hostile_mail_is_kept_as_it_came_and_somebody_looks_at_it()
    {
        var take = _app.Services.GetRequiredService<TakeMail>();
        var asha = await _app.SignInAs(Role.Adviser);
        var known = new HashSet<Guid>();
        var taken = new List<string>();
        foreach (var (name, bytes) in HostileMail.All)
        {
            var mail = await take.Take(new MemoryStream(bytes), Actor.System);

            Assert.True(known.Add(mail.Id), name);
            Assert.True(mail.State is MailState.Quarantined or MailState.Enquiry, name);
            Assert.Equal(mail.State == MailState.Quarantined, mail.Fault is not null);
            if (mail.State == MailState.Enquiry) taken.Add(name);
            Assert.Equal(mail.State == MailState.Enquiry, await _app.Db(db => db.Enquiries.AnyAsync(e => e.Id == mail.EnquiryId)));
            var kept = await File.ReadAllBytesAsync(_app.Services.GetRequiredService<MailFiles>().PathOf(mail.Digest), TestContext.Current.CancellationToken);
            Assert.True(kept.AsSpan().SequenceEqual(bytes), name);
            await asha.Open($"/desk/mail/{mail.Id:N}");
            Assert.True(asha.Status == HttpStatusCode.OK, name);
            Assert.True(asha.Page.QuerySelectorAll("main script").Length == 0, name);
        }
        Assert.Equal(HostileMail.All.Count, await _app.Db(db => db.ReceivedMails.CountAsync()));
        // Those whose fault can be lived with, and no other.
        Assert.Equal([], taken.Except(["base64 that is none", "a line break inside an encoded word"]));
        Assert.Equal(taken.Count, await _app.Db(db => db.Enquiries.CountAsync()));
        Assert.Equal(0, await _app.Db(db => db.Attachments.CountAsync()));
        Assert.Equal(HostileMail.All.Count, await _app.Db(db => db.Facts.CountAsync(f => f.Kind == "mail-received")));
        await asha.Open("/desk/mail");
        Assert.Equal(Math.Min(SeeMail.PageSize, HostileMail.All.Count - taken.Count), asha.Page.QuerySelectorAll("tbody tr").Length);
    }

    [Fact]
    public async Task Whoever_looks_at_a_quarantined_message_makes_an_enquiry_of_it_or_discards_it()
    {
        var take = _app.Services.GetRequiredService<TakeMail>();
        var strange = await take.Take(new MemoryStream(HostileMail.All["a charset that there is not"]), Actor.System);
        var spam = await take.Take(new MemoryStream(HostileMail.All["no sender"]), Actor.System);
        var asha = await _app.SignInAs(Role.Adviser);

        await asha.Open($"/desk/mail/{strange.Id:N}");
        Assert.Contains("not written in the way that it says", asha.Text, StringComparison.Ordinal);
        await asha.Press("Make it an enquiry", ("Words", ""));
        Assert.Equal((HttpStatusCode)422, asha.Status);
        await asha.Press("Make it an enquiry", ("Words", "They greet us in Klingon."), ("Service", "524"));
        Assert.StartsWith("/desk/enquiries/CN-", asha.Response.RequestMessage!.RequestUri!.AbsolutePath, StringComparison.Ordinal);
        await (await asha.Open($"/desk/mail/{spam.Id:N}")).Press("Discard it", ("Reason", "Advertising"));
        Assert.Equal("/desk/mail", asha.Response.RequestMessage!.RequestUri!.AbsolutePath);

        var enquiry = await _app.Db(db => db.Enquiries.SingleAsync());
        Assert.Equal(("They greet us in Klingon.", "524", "email", "eve@example.com"), (enquiry.Words, enquiry.Service, enquiry.Channel, enquiry.Email));
        Assert.Equal([(MailState.Discarded, "Advertising"), (MailState.Enquiry, null)], (await _app.Db(db => db.ReceivedMails.ToListAsync())).Select(m => (m.State, m.Reason)).OrderByDescending(m => m.State));
        Assert.Equal(2, await _app.Db(db => db.Facts.CountAsync(f => f.Kind == "quarantine-decided")));
        await asha.Open("/desk/mail");
        Assert.Contains("Nothing waits", asha.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mail_in_the_pickup_folder_is_taken_once_and_an_answer_to_us_stands_with_its_enquiry()
    {
        using var folder = new Folder();
        using var app = new PickupApp(folder.Path);
        var pickUp = app.Services.GetRequiredService<PickUpMail>();
        var first = "From: =?utf-8?Q?Ada_L=C3=B8vold?= <Ada@example.com>\r\nSubject: =?iso-8859-1?Q?Missed_caf=E9_bin?=\r\nMessage-ID: <1@example.com>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" +
            "--b\r\nContent-Type: text/html; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>Our bin was <b>not</b> emptied.</p><script>x()</script><p>Caf=E9 Roma</p>\r\n" +
            "--b\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=list.txt\r\n\r\none\r\n--b--\r\n";
        folder.Put("a.eml", first);
        folder.Put("b.txt", "not ours");

        Assert.Equal((0, 1), (await pickUp.Look(), await pickUp.Look()));

        var enquiry = await app.Db(db => db.Enquiries.SingleAsync());
        Assert.Equal(("Missed café bin\n\nOur bin was not emptied.\n\nCafé Roma", "ada@example.com", "email"), (enquiry.Words, enquiry.Email, enquiry.Channel));
        Assert.Equal("Ada Løvold", (await app.Db(db => db.Citizens.SingleAsync())).Name);
        Assert.Equal(enquiry.Id, (await app.Db(db => db.Attachments.SingleAsync())).SubmissionId);
        Assert.Equal(["b.txt"], Directory.EnumerateFiles(folder.Path).Select(Path.GetFileName));

        // The same again: the same file, the same message by another way, and another that uses its identifier.
        folder.Put("a.eml", first);
        folder.Put("c.eml", "Received: by another way\r\n" + first);
        folder.Put("d.eml", "From: eve@example.com\r\nSubject: x\r\nMessage-ID: <1@example.com>\r\n\r\nPay me");
        folder.Put("e.eml", $"From: ada@example.com\r\nSubject: Re: your enquiry {enquiry.Reference}\r\nMessage-ID: <2@example.com>\r\n\r\nStill not.");
        folder.Put("f.eml", $"From: ada@example.com\r\nSubject: Out of office {enquiry.Reference}\r\nAuto-Submitted: auto-replied\r\n\r\nI am away.");
        await pickUp.Look();
        Assert.Equal(5, await pickUp.Look());

        Assert.Equal(1, await app.Db(db => db.Enquiries.CountAsync()));
        Assert.Equal(["Automatic", "Enquiry", "Quarantined", "Repeated", "WroteAgain"], (await app.Db(db => db.ReceivedMails.ToListAsync())).Select(m => $"{m.State}").Order(StringComparer.Ordinal));
        Assert.EndsWith("Still not.", (await app.Db(db => db.EnquiryNotes.SingleAsync())).Words, StringComparison.Ordinal);
        var contacts = (await app.Db(db => db.Facts.Where(f => f.Kind == "enquiry-raised").ToListAsync())).ConvertAll(f => f.As<EnquiryRaised>());
        Assert.Equal(2, contacts.Count);
        Assert.Single(contacts, c => c.Follows == $"{enquiry.Reference}");
        Assert.Equal(0, await app.Db(db => db.Messages.CountAsync()));
    }

    [Fact]
    public async Task An_adviser_pastes_a_message_whole_or_its_text_alone()
    {
        var asha = await _app.SignInAs(Role.Adviser);

        await (await asha.Open("/desk/mail/new")).Press("Take it", ("Text", "From: Ada <ada@example.com>\nSent: Monday\nSubject: Bin\n\nIt was missed."));
        var whole = asha.Response.RequestMessage!.RequestUri!.AbsolutePath;
        await (await asha.Open("/desk/mail/new")).Press("Take it", ("Text", "The lamp is out."));
        Assert.Equal((HttpStatusCode)422, asha.Status);
        await asha.Press("Take it", ("From", "bob@example.com"), ("Subject", "Lamp – Straße"));

        Assert.StartsWith("/desk/enquiries/CN-", whole, StringComparison.Ordinal);
        Assert.Equal(["Bin\n\nIt was missed.", "Lamp – Straße\n\nThe lamp is out."], (await _app.Db(db => db.Enquiries.OrderBy(e => e.Email).ToListAsync())).Select(e => e.Words));
        var person = await _app.Db(db => db.Set<Person>().SingleAsync(p => p.Role == Role.Adviser));
        Assert.All(await _app.Db(db => db.Facts.Where(f => f.Kind == "enquiry-raised").ToListAsync()), f => Assert.Equal($"{person.Id}", f.By));
    }

    private sealed class PickupApp(string folder) : TestApp
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("CONCENTRIC_PICKUP", folder);
        }
    }

    private sealed class Folder : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("concentric-pickup-");

        public string Path => _folder.FullName;

        public void Put(string name, string text) => File.WriteAllBytes(System.IO.Path.Combine(Path, name), Encoding.Latin1.GetBytes(text));

        public void Dispose() => _folder.Delete(recursive: true);
    }
}
