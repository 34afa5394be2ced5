using Concentric.Core;

namespace Concentric.Serve.Calls;

/// <summary>Calls in words.</summary>
internal static class CallWords
{
    /// <summary>"45 seconds", "2 min 5 s": as exact as a phone system is.</summary>
    public static string Time(int seconds) => seconds switch
    {
        1 => "1 second",
        < 60 => $"{seconds} seconds",
        < 3600 => $"{seconds / 60} min {seconds % 60} s",
        _ => $"{seconds / 3600} h {seconds / 60 % 60} min",
    };

    /// <summary>How a call stands.</summary>
    public static string Stands(CallState call) => call switch
    {
        { IsAbandoned: true, Wait: { } wait } => $"They gave up after {Time(wait)}",
        { IsAbandoned: true } => "It ended before anybody answered",
        { EndedAt: { } ended } => $"Ended {Say.When(ended)}{Waited(call)}",
        { AnsweredAt: { } answered } => $"Answered {Say.When(answered)}{Waited(call)}",
        { StartedAt: { } started } => $"Waiting since {Say.Time(started)} on {Say.Date(started)}",
        _ => "Only that it was handed on was reported",
    };

    public static string HandedOn(CallEvent e) => $"{(e.To is null ? "At" : $"To {e.To} at")} {Say.Time(e.At)}{(e.Reason is null ? "" : $": {e.Reason}")}";

    /// <summary>A number as people read it: +44 is kept as 0, any other country’s number with its plus. A mobile number and others of 11 digits fall into two parts.</summary>
    public static string Number(string digits) => digits[0] != '0' ? $"+{digits}" : digits.Length == 11 ? $"{digits[..5]} {digits[5..]}" : digits;

    /// <summary>As a link rings it.</summary>
    public static string Tel(string digits) => digits[0] == '0' ? $"tel:+44{digits[1..]}" : $"tel:+{digits}";

    private static string Waited(CallState call) => call.Wait is { } wait && call.AnsweredAt is not null ? $", after they waited {Time(wait)}" : "";
}
