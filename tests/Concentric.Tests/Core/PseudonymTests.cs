using Concentric.Core.People;

namespace Concentric.Tests.Core;

public sealed class PseudonymTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("concentric-keys-");

    [Fact]
    public void The_same_person_is_the_same_number_however_they_type_their_address() =>
        Assert.Equal(Open().Of("northmoor", "ada@example.com"), Open().Of("northmoor", " ADA@Example.com "));

    [Fact]
    public void Another_person_another_council_and_another_key_are_another_number()
    {
        var known = Open().Of("northmoor", "ada@example.com");

        Assert.NotEqual(known, Open().Of("northmoor", "eve@example.com"));
        Assert.NotEqual(known, Open().Of("southmoor", "ada@example.com"));
        Assert.NotEqual(known, new Pseudonyms(new byte[32]).Of("northmoor", "ada@example.com"));
    }

    [Fact]
    public void The_key_can_be_read_by_its_owner_only()
    {
        Open();

        var file = Assert.Single(_folder.EnumerateFiles());
        Assert.Equal(32, file.Length);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, file.UnixFileMode);
    }

    [Fact]
    public void A_new_key_is_in_use_at_once_and_knows_nobody_of_before()
    {
        var before = Open().Of("northmoor", "ada@example.com");

        var rotated = Pseudonyms.Rotate(_folder.FullName).Of("northmoor", "ada@example.com");

        Assert.NotEqual(before, rotated);
        Assert.Equal(rotated, Open().Of("northmoor", "ada@example.com"));
        Assert.Equal(32, Assert.Single(_folder.EnumerateFiles()).Length);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, Assert.Single(_folder.EnumerateFiles()).UnixFileMode);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private Pseudonyms Open() => Pseudonyms.Open(_folder.FullName);
}
