using System.Net;
using System.Text.Json.Nodes;

namespace Concentric.Serve.Messages;

/// <summary>What GOV.UK Notify says when it does not take a message, as whose it is to mend. Its own words may hold the address, so staff read ours.</summary>
internal static class NotifyRefusal
{
    public static DoorAnswer Of(HttpStatusCode status, JsonObject? json, TimeSpan dayLimitWait, TimeSpan minuteLimitWait)
    {
        var (error, said) = First(json);
        return (int)status switch
        {
            400 => Bad(error, said),
            401 or 403 when said.Contains("clock", StringComparison.OrdinalIgnoreCase) => new("The clock of this server is wrong by more than 30 seconds, so GOV.UK Notify does not let us in", DoorFault.Setup),
            401 or 403 => new("GOV.UK Notify does not know the key", DoorFault.Setup),
            // A notification that is not there; where one is to be sent, the address of Notify itself.
            404 when error == "NoResultFound" => new("GOV.UK Notify does not know it", DoorFault.Content),
            404 or 405 => new("What listens at CONCENTRIC_NOTIFY_URL is not GOV.UK Notify", DoorFault.Setup),
            408 => new("GOV.UK Notify did not answer in time", DoorFault.Away, IsUnsure: true),
            413 => new("GOV.UK Notify finds it too long", DoorFault.Content),
            429 when error == "TooManyRequestsError" => new("The service has sent as many as GOV.UK Notify lets it send in a day", DoorFault.Busy, Wait: dayLimitWait),
            429 => new("GOV.UK Notify takes no more this minute", DoorFault.Busy, Wait: minuteLimitWait),
            // What is between may have lost the answer to what Notify took.
            >= 500 => new("GOV.UK Notify fails", DoorFault.Away, IsUnsure: true),
            >= 300 and < 400 => new("Something between here and GOV.UK Notify sends us elsewhere", DoorFault.Setup),
            _ => new("GOV.UK Notify does not take it", DoorFault.Content),
        };
    }

    private static DoorAnswer Bad(string error, string said)
    {
        bool Says(params ReadOnlySpan<string> words)
        {
            foreach (var word in words)
                if (said.Contains(word, StringComparison.OrdinalIgnoreCase)) return true;
            return false;
        }
        if (Says("team-only", "trial mode")) return new("The account with GOV.UK Notify may send to its own team only", DoorFault.Setup);
        if (Says("template", "Missing personalisation")) return new("The template at GOV.UK Notify is not the one that is needed", DoorFault.Setup);
        if (Says("service is not allowed", "permission", "Service has been", "sender", "reply_to")) return new("The account with GOV.UK Notify may not send this", DoorFault.Setup);
        if (error == "InvalidPhoneError" || Says("email_address", "phone_number", "international", "Not a valid", "Not enough digits", "Too many digits")) return new("It is no address or number that GOV.UK Notify can send to", DoorFault.Address);
        return Says("too long", "bigger than", "longer than") ? new("GOV.UK Notify finds it too long", DoorFault.Content) : new("GOV.UK Notify does not take it", DoorFault.Content);
    }

    private static (string Error, string Said) First(JsonObject? json) =>
        json?["errors"] is JsonArray { Count: > 0 } all && all[0] is JsonObject first ? (Text(first["error"]), Text(first["message"])) : ("", "");

    private static string Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
}
