using System.Net;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Concentric.Tests;

/// <summary>A person with a browser that has no JavaScript: follows links, fills forms, presses buttons.</summary>
public sealed class Browser(HttpClient http)
{
    private IDocument? _page;

    public IDocument Page => _page ?? throw new InvalidOperationException("Open a page first.");
    public HttpStatusCode Status { get; private set; }
    public HttpResponseMessage Response { get; private set; } = null!;
    public HttpClient Http => http;

    /// <summary>The text of the page's main part, with runs of blanks made one.</summary>
    public string Text => string.Join(' ', (Page.QuerySelector("main") ?? Page.Body!).TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public string Heading => Page.QuerySelector("h1")!.TextContent.Trim();

    public async Task<Browser> Open(string path) => await Read(await http.GetAsync(path));

    public async Task<Browser> Follow(string link) => await Open(Page.QuerySelectorAll<IHtmlAnchorElement>("a[href]").First(a => a.TextContent.Trim() == link).Href);

    /// <summary>Presses the one button whose text contains the words, with what stands in its form and the answers given here.</summary>
    public async Task<Browser> Press(string button, params (string Field, string Value)[] answers)
    {
        var buttons = Page.QuerySelectorAll("button:not([aria-hidden])").Where(b => b.TextContent.Trim() == button).ToList();
        if (buttons.Count == 0) buttons = [.. Page.QuerySelectorAll("button:not([aria-hidden])").Where(b => b.TextContent.Contains(button, StringComparison.Ordinal))];
        // The hidden button before the first field does what Enter does: it is pressed only where no other has its words.
        if (buttons.Count > 1) buttons.RemoveAll(b => b.GetAttribute("aria-hidden") == "true");
        var form = FormOf(Assert.Single(buttons));
        var fields = Fields(form);
        // A button that is pressed sends its own name, as browsers do it.
        if (Assert.Single(buttons).GetAttribute("name") is { Length: > 0 } own) fields[own] = buttons[0].GetAttribute("value") ?? "";
        foreach (var (field, value) in answers)
        {
            Assert.Contains(field, form.Elements.Select(e => e.GetAttribute("name")));
            fields[field] = value;
        }
        return form.Method.Equals("get", StringComparison.OrdinalIgnoreCase)
            ? await Open($"{new Uri(form.Action).AbsolutePath}?{string.Join('&', fields.Select(f => $"{Uri.EscapeDataString(f.Key)}={Uri.EscapeDataString(f.Value)}"))}")
            : await Read(await http.PostAsync(ActionOf(buttons[0], form), new FormUrlEncodedContent(fields)));
    }

    /// <summary>As <see cref="Press"/>, with files chosen in one of the form's boxes.</summary>
    public async Task<Browser> Send(string button, string box, IReadOnlyList<(string Name, byte[] Bytes)> files, params (string Field, string Value)[] answers)
    {
        var pressed = Assert.Single(Page.QuerySelectorAll("button"), b => b.TextContent.Trim() == button);
        var form = FormOf(pressed);
        var fields = Fields(form);
        fields.Remove(box);
        foreach (var (field, value) in answers) fields[field] = value;
        using var body = new MultipartFormDataContent();
        foreach (var (field, value) in fields) body.Add(new StringContent(value), field);
        foreach (var (name, bytes) in files) body.Add(new ByteArrayContent(bytes), box, name);
        return await Read(await http.PostAsync(ActionOf(pressed, form), body));
    }

    /// <summary>Sends fields to an address as any program may, with the token of the page that is open; the page's own fields are not sent along.</summary>
    public async Task<Browser> Post(string path, IEnumerable<(string Field, string Value)> fields, IReadOnlyList<(string Box, string Name, byte[] Bytes)>? files = null)
    {
        var token = Page.QuerySelector<IHtmlInputElement>("input[name=__RequestVerificationToken]")?.Value ?? "";
        var all = fields.Prepend(("__RequestVerificationToken", token)).Select(f => KeyValuePair.Create(f.Item1, f.Item2)).ToList();
        if (files is null or []) return await Read(await http.PostAsync(path, new FormUrlEncodedContent(all)));
        using var body = new MultipartFormDataContent();
        foreach (var (field, value) in all) body.Add(new StringContent(value), field);
        foreach (var (box, name, bytes) in files) body.Add(new ByteArrayContent(bytes), box, name);
        return await Read(await http.PostAsync(path, body));
    }
    /// <summary>Looks at an answer that was asked for by hand.</summary>
    public Task<Browser> Take(HttpResponseMessage response) => Read(response);

    /// <summary>A button may stand outside of its form and name it.</summary>
    private IHtmlFormElement FormOf(IElement button) =>
        button.GetAttribute("form") is { } named ? (IHtmlFormElement)Page.GetElementById(named)! : (IHtmlFormElement)button.Closest("form")!;

    /// <summary>A button may lead elsewhere than its form.</summary>
    private string ActionOf(IElement button, IHtmlFormElement form) =>
        button.GetAttribute("formaction") is { Length: > 0 } own ? own : form.Action is { Length: > 0 } action ? action : Page.Url;

    private static Dictionary<string, string> Fields(IHtmlFormElement form)
    {
        var fields = new Dictionary<string, string>();
        foreach (var element in form.Elements)
        {
            var name = element.GetAttribute("name");
            if (string.IsNullOrEmpty(name)) continue;
            switch (element)
            {
                case IHtmlInputElement { Type: "radio" or "checkbox", IsChecked: false }: break;
                case IHtmlInputElement input: fields[name] = input.Value; break;
                case IHtmlTextAreaElement area: fields[name] = area.Value; break;
                case IHtmlSelectElement select: fields[name] = select.Value ?? ""; break;
            }
        }
        return fields;
    }

    private async Task<Browser> Read(HttpResponseMessage response)
    {
        (Status, Response) = (response.StatusCode, response);
        var html = await response.Content.ReadAsStringAsync();
        var context = BrowsingContext.New(Configuration.Default);
        _page = await context.OpenAsync(r => r.Content(html).Address(response.RequestMessage!.RequestUri!.ToString()));
        return this;
    }
}
