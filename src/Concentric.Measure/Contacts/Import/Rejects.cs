using System.Globalization;
using System.Text;
using Concentric.Core;

namespace Concentric.Measure.Contacts;

/// <summary>One row that was not taken.</summary>
/// <param name="Line">Line of the file on which the row begins, from 1.</param>
internal readonly record struct Reject(long Line, string Column, string Value, string Reason)
{
    /// <summary>What is written of a value. One sign more is carried, which shows that it was cut.</summary>
    public const int MostOfValue = 1000;

    /// <summary>As much of a text as is written, so that rejects of long records do not fill the memory.</summary>
    public static string Cut(ReadOnlySpan<char> value) => (value.Length > MostOfValue ? value[..(MostOfValue + 1)] : value).ToString();
}

/// <summary>The file of rejected rows: line, column, value, reason. Made at the first of them.</summary>
internal sealed class RejectsFile(string imports) : IDisposable
{
    /// <summary>Its name while it is written.</summary>
    public const string Unfinished = "unfinished.tmp";

    private readonly string _folder = Path.Combine(imports, "rejects");
    private StreamWriter? _file;
    private string? _unfinished;

    public long Count { get; private set; }

    /// <summary>The file that is read, where there are several: it gets a column.</summary>
    public string? File { get; set; }

    /// <summary>The first of them, for a message.</summary>
    public Reject? First { get; private set; }

    public void Add(in Reject reject)
    {
        Count++;
        First ??= reject;
        _file ??= Begin();
        var value = reject.Value.Length > Reject.MostOfValue ? reject.Value[..Reject.MostOfValue] + "…" : reject.Value;
        _file.Write(reject.Line.ToString(CultureInfo.InvariantCulture));
        foreach (var text in (ReadOnlySpan<string>)[reject.Column, value, reject.Reason])
        {
            _file.Write(',');
            _file.Write(Csv.Field(text));
        }
        if (File is not null) _file.Write("," + Csv.Field(File));
        _file.Write("\r\n");
    }

    /// <summary>The file's name for a batch.</summary>
    public static string NameOf(string batch) => $"{batch}-rejects.csv";

    /// <summary>Closes the file under the name of the batch, or of the file's digest where no batch was made, and gives its path; null where there were none.</summary>
    public string? Keep(string name)
    {
        if (_file is null) return null;
        _file.Dispose();
        _file = null;
        var path = Path.Combine(_folder, NameOf(name));
        System.IO.File.Move(_unfinished!, path, overwrite: true);
        return path;
    }

    /// <summary>Drops the file unless it was kept.</summary>
    public void Dispose()
    {
        if (_file is null) return;
        _file.Dispose();
        System.IO.File.Delete(_unfinished!);
    }

    private StreamWriter Begin()
    {
        Directory.CreateDirectory(_folder);
        _unfinished = Path.Combine(_folder, Unfinished);
        // With a byte order mark, so that Excel reads it as UTF-8.
        var file = new StreamWriter(_unfinished, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        file.Write(File is null ? "line,column,value,reason\r\n" : "line,column,value,reason,file\r\n");
        return file;
    }
}
