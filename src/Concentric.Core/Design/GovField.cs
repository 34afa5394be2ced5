using Microsoft.AspNetCore.Components;

namespace Concentric.Core.Design;

/// <summary>What every question on a form has: a name, a label, a hint, and its message among the page's errors.</summary>
/// <remarks>No field says <c>required</c> and no form is checked by the browser: the server answers with messages beside the fields.</remarks>
public abstract class GovField : ComponentBase
{
    /// <summary>Name under which the answer is sent; also the id of the first box, so that the error summary's link reaches it.</summary>
    [Parameter, EditorRequired] public required string Name { get; set; }

    /// <summary>The id where it is not the name, as with two forms on a page. Errors are then recorded under the id.</summary>
    [Parameter] public string? Id { get; set; }

    /// <summary>The question; for radios, checkboxes and dates it is the legend.</summary>
    [Parameter, EditorRequired] public string? Label { get; set; }

    /// <summary>The question is the page's heading (h1), shown large unless <see cref="LabelClass"/> says otherwise.</summary>
    [Parameter] public bool LabelIsHeading { get; set; }

    [Parameter] public string? LabelClass { get; set; }
    [Parameter] public string? Hint { get; set; }
    [Parameter] public Errors? Errors { get; set; }

    /// <summary>Further classes of the control, as <c>govuk-input--width-10</c>.</summary>
    [Parameter] public string? Class { get; set; }

    /// <summary>Further classes of the group around label, hint, message and control.</summary>
    [Parameter] public string? GroupClass { get; set; }

    /// <summary>Ids of further text that describes the control.</summary>
    [Parameter] public string? DescribedBy { get; set; }

    /// <summary>Any other attribute, put on the control.</summary>
    [Parameter(CaptureUnmatchedValues = true)] public IReadOnlyDictionary<string, object>? Attributes { get; set; }

    internal string FieldId => Id ?? Name;
    internal virtual string? Error => Errors?[FieldId];
    internal string HintId => $"{FieldId}-hint";
    internal string ErrorId => $"{FieldId}-error";
    internal string? Descriptions => Tokens.Of(DescribedBy, Hint is null ? null : HintId, Error is null ? null : ErrorId);
}
