using Concentric.Core.Data;
using Concentric.Serve.Forms;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Conversations;

/// <summary>Puts what is known of a conversation's person beside the answers of each of its forms, as an offer.</summary>
internal sealed class OfferKnown(FormsToFill forms, FillDraft fill)
{
    /// <summary>What was said on the saved pages of a form is known from now on, and offered in the others.</summary>
    public Task Said(IWriter writer, Guid conversation, Journey journey) => Change(writer, conversation, c => c.Known = KnownParticulars.Read(c.Known).Said(journey).Write());

    /// <summary>Changes what is known, and what is offered by it.</summary>
    public Task Change(IWriter writer, Guid conversation, Action<Conversation> change) => writer.Write(async db =>
    {
        if (await db.Conversations.SingleOrDefaultAsync(c => c.Id == conversation && c.EndedAt == null) is not { } open) return;
        var before = open.Known;
        change(open);
        if (open.Known == before) return;
        await Offer(db, open);
    });

    /// <summary>Offers what is known of a conversation's person in each of its forms that is still open, inside the work that is being done.</summary>
    public async Task Offer(ConcentricDb db, Conversation open)
    {
        var known = KnownParticulars.Read(open.Known);
        foreach (var draft in await db.Drafts.AsNoTracking().Where(d => d.Conversation == open.Id && d.By == open.By && d.SentAt == null).ToListAsync())
        {
            var offered = await forms.Of(draft) is var (form, _) && known.For(form, fill.Today) is { Values.IsEmpty: false } answers ? answers.Write() : null;
            await db.Drafts.Where(d => d.Id == draft.Id).ExecuteUpdateAsync(d => d.SetProperty(x => x.Offered, offered));
        }
    }
}
