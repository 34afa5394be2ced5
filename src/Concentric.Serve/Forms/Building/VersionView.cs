using Concentric.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Concentric.Serve.Forms.Building;

/// <summary>One version of a form as the builder's pages show it.</summary>
public sealed record VersionView
{
    public required Form Form { get; init; }
    public required BuildLinks Links { get; init; }
    public required FormState State { get; init; }
    public required int Revision { get; init; }
    public required string? Note { get; init; }

    /// <summary>Name of who changed it last.</summary>
    public required string By { get; init; }

    public required DateTimeOffset At { get; init; }
    public required string? ReviewedBy { get; init; }
    public required DateTimeOffset? ReviewedAt { get; init; }

    /// <summary>Whoever looks at it wrote some of it, and so cannot review it.</summary>
    public required bool IsOwn { get; init; }

    public bool IsDraft => State == FormState.Draft;

    public static string Words(FormState state) => state switch { FormState.Draft => "Draft", FormState.InReview => "In review", _ => "Published" };

    public static string? Colour(FormState state) => state switch { FormState.Draft => "yellow", FormState.InReview => "blue", _ => "green" };
}

/// <summary>A page of the builder again, with messages beside what was typed; null where what it is of is not there any more.</summary>
internal delegate IResult? PageAgain(VersionView view, Errors errors, int status);

/// <summary>How the builder answers: with a page of a version, and once something was, or was not, saved.</summary>
internal static class SaveAnswers
{
    extension(Builder builder)
    {
        /// <summary>A page of that version; not found where the version, or what the page is of, is not there.</summary>
        public async Task<IResult> Show(string form, int version, Func<VersionView, IResult?> page) =>
            await builder.Open(form, version) is { } view && page(view) is { } shown ? shown : Results.NotFound();

        /// <summary>
        /// A page whose boxes hold what was typed and is not saved. It stays at the revision that it was opened at, so that whoever saves it is told that others saved
        /// meanwhile.
        /// </summary>
        public Task<IResult> ShowTyped(string form, int version, Fields typed, Func<VersionView, IResult?> page) =>
            builder.Show(form, version, view => page(view with { Revision = typed.Revision ?? view.Revision - 1 }));

        /// <summary>Keeps a change of a draft, and answers as <see cref="After"/> does.</summary>
        public async Task<IResult> Save(
            string form, int version, Fields typed, Func<Form, Edited> edit, string to, PageAgain? again = null, string? second = null) =>
            await builder.After(await KeepDraft.Save(builder, form, version, typed.Revision, edit), to, typed, again, second);

        /// <param name="to">Where to go once it was saved.</param>
        /// <param name="again">Shows what was typed again with messages; null where nothing was typed that could be lost.</param>
        /// <param name="second">
        /// What it does to save again after somebody else has saved. Null where that would undo what they did unseen: then what was typed is shown, and not offered to
        /// be saved over the draft as it is now.
        /// </param>
        public async Task<IResult> After(Kept kept, string to, Fields typed, PageAgain? again = null, string? second = null)
        {
            switch (kept)
            {
                case Kept.Saved saved: return Results.LocalRedirect(saved.To ?? to);
                case Kept.Mistaken wrong:
                {
                    var view = builder.View(wrong.Version, wrong.Form, await builder.Names([wrong.Version.By]));
                    return again?.Invoke(view, wrong.Errors, StatusCodes.Status422UnprocessableEntity)
                        ?? Refused(view, "This was not saved", string.Join(". ", wrong.Errors.Select(e => e.Message)), typed, StatusCodes.Status422UnprocessableEntity);
                }
                case Kept.SomebodyElse other:
                {
                    var names = await builder.Names([other.Version.By]);
                    var view = builder.View(other.Version, other.Form, names);
                    var isOwn = other.Version.By == builder.By;
                    var who = isOwn ? "You have saved this draft in another window" : $"{names(other.Version.By)} has saved this draft since you opened the page";
                    var told = new Errors().Check("save", false, $"{who}, {Say.When(other.Version.At)}. What you typed is below and is not saved. {second}");
                    if (second is not null && again?.Invoke(view, told, StatusCodes.Status409Conflict) is { } page) return page;
                    return Refused(view, isOwn ? "You have saved this draft since" : "Somebody else has saved this draft",
                        $"{who}, {Say.When(other.Version.At)}. Nothing of yours was saved. Look at the draft as it is now, then do it again.", typed, StatusCodes.Status409Conflict);
                }
                case Kept.NoDraft closed:
                {
                    var view = builder.View(closed.Version, Form.Read(closed.Version.Definition), await builder.Names([closed.Version.By, closed.Version.ReviewedBy]));
                    return Refused(view, "This version is not a draft any more", $"It is {VersionView.Words(view.State).ToLowerInvariant()}, so it cannot be changed. Nothing of yours was saved.", typed, StatusCodes.Status409Conflict);
                }
                default: return Results.NotFound();
            }
        }
    }

    public static IResult Refused(VersionView view, string heading, string text, Fields typed, int status) =>
        new RazorComponentResult<RefusedPage>(new { View = view, Heading = heading, Text = text, Typed = typed }) { StatusCode = status };

    public static int StatusOf(Errors errors) => errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK;
}
