namespace Concentric.Serve.Intake;

/// <summary>What became of an e-mail, in words for staff.</summary>
internal static class MailWords
{
    public static string Of(MailState state) => state switch
    {
        MailState.Enquiry => "Enquiry",
        MailState.WroteAgain => "Wrote again",
        MailState.Repeated => "Came twice",
        MailState.Automatic => "Automatic reply",
        MailState.Quarantined => "To be looked at",
        _ => "Discarded",
    };

    public static string Of(MailFault fault) => fault switch
    {
        MailFault.TooLarge => "It is larger than 25 MB.",
        MailFault.NotAMessage => "It is no email: it does not begin with a header.",
        MailFault.Nul => "There are bytes in it that no email may hold.",
        MailFault.TooManyHeaders => "It has more than 300 headers, or one of its parts has.",
        MailFault.LongHeader => "A header, such as the subject, is far too long.",
        MailFault.BrokenHeader => "A header is broken: it may hide another one.",
        MailFault.TooDeep => "Its parts lie inside one another far too deep.",
        MailFault.TooManyParts => "It has more than 100 parts.",
        MailFault.UnknownCharset => "Its text is not written in the way that it says.",
        MailFault.LongWords => "Its text is longer than 20,000 characters.",
        MailFault.NoWords => "It has neither a subject nor a text.",
        MailFault.NoSender => "Nobody can be told to have sent it.",
        MailFault.BadAttachment => "An attachment is not what it says, or of a kind that we do not take.",
        MailFault.OtherSameId => "Another message with the same identifier came before.",
        _ => "It cannot be read.",
    };
}
