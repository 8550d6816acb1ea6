using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using NUnit.Framework;

namespace Obs.House.Tests;

/// <summary>What may be tracked: no large files, no machine's paths, nothing that points outside, no hosts in lock files, no package in Core, no dead links.</summary>
internal sealed class RepositoryTests
{
    private const int FileLimitBytes = 600_000;
    private static readonly string[] TextEndings =
        [".cs", ".csproj", ".props", ".targets", ".sln", ".md", ".json", ".yml", ".sh", ".py", ".txt", ".csv", ".editorconfig", ".gitignore", "/obs", ".ci/run"];

    [Test]
    public void No_tracked_file_is_large() =>
        Assert.That(TooLarge(SourceTree.Tracked.Select(static (string p) => (p, new FileInfo(SourceTree.Absolute(p)).Length))), Is.Empty, "recordings stay outside; keep a small fixture");

    [Test]
    public void A_large_file_is_objected_to() =>
        Assert.That(TooLarge([("a.bin", FileLimitBytes), ("b.bin", FileLimitBytes - 1)]), Is.EqualTo(new[] { "a.bin: 600000 bytes" }));

    [Test]
    public void No_text_names_a_folder_of_one_machine() =>
        Assert.That(Texts(static (string p) => TextEndings.Any(("/" + p).EndsWith)).SelectMany(static ((string Path, string Text) f) => RepositoryText.MachinePaths(f.Path, f.Text)), Is.Empty, "paths are relative to the repository, or settings");

    [TestCase("cp /wo" + "rk/x y", true)]
    [TestCase("string home = \"/ro" + "ot/.nuget\";", true)]
    [TestCase("net/work/x and src/root/", false)]
    public void A_machine_path_is_recognised(string line, bool bad) => Assert.That(RepositoryText.MachinePaths("a.md", line).Any(), Is.EqualTo(bad));

    [Test]
    public void No_text_cites_what_is_not_in_the_repository() =>
        Assert.That(Texts(static (string p) => TextEndings.Any(("/" + p).EndsWith)).SelectMany(static ((string Path, string Text) f) => RepositoryText.OutsideCitations(f.Path, f.Text)), Is.Empty, "say the rule itself, or cite docs/");

    [TestCase("frozen (DES" + "IGN \u00a77.3): they only grow", true)]
    [TestCase("the limits of STYLE" + ".md", true)]
    [TestCase("written from fac" + "ts/binance.md", true)]
    [TestCase("/// \u00a7" + "7.14).</summary>", true)]
    [TestCase("book records (REQUIRE" + "MENTS R1)", true)]
    [TestCase("columns in any order: R" + "1's names", true)]
    [TestCase("see iss" + "ue #3", true)]
    [TestCase("the number grammar of JSON (RFC 8259 \u00a76)", false)]
    [TestCase("Granlund and Montgomery 1994, \u00a79", false)]
    [TestCase("by design, open an issue; artefacts/x, docs/decisions/011", false)]
    public void A_citation_of_something_outside_is_recognised(string line, bool bad) => Assert.That(RepositoryText.OutsideCitations("a.md", line).Any(), Is.EqualTo(bad));

    [Test]
    public void Lock_files_name_no_host() =>
        Assert.That(Texts(static (string p) => Path.GetFileName(p) is "packages.lock.json" || p.EndsWith("nuget.config", StringComparison.OrdinalIgnoreCase)).SelectMany(static ((string Path, string Text) f) => RepositoryText.RegistryHosts(f.Path, f.Text)), Is.Empty);

    [Test]
    public void A_host_is_objected_to() =>
        Assert.That(RepositoryText.RegistryHosts("packages.lock.json", "{\n\"resolved\": \"https://packages.example/a\"").Single(), Is.EqualTo("packages.lock.json:2"));

    [Test]
    public void Core_knows_no_package() => Assert.That(LockedPackages(File.ReadAllText(SourceTree.Absolute("src/Obs.Core/packages.lock.json"))), Is.Empty);

    [Test]
    public void Core_references_no_project() =>
        Assert.That(File.ReadAllText(SourceTree.Absolute("src/Obs.Core/Obs.Core.csproj")), Does.Not.Contain("ProjectReference").And.Not.Contain("PackageReference"));

    [Test]
    public void A_locked_package_is_seen() =>
        Assert.That(LockedPackages("""{"version":2,"dependencies":{"net10.0":{"Newtonsoft.Json":{"type":"Direct"}}}}"""), Is.EqualTo(new[] { "Newtonsoft.Json" }));

    [Test]
    public void Links_between_pages_lead_somewhere() =>
        Assert.That(Texts(static (string p) => p.EndsWith(".md", StringComparison.Ordinal)).SelectMany(static ((string Path, string Text) f) => RepositoryText.DeadLinks(f.Path, f.Text, static (string p) => Path.Exists(SourceTree.Absolute(p)))), Is.Empty);

    [Test]
    public void A_dead_link_is_objected_to()
    {
        const string page = "[a](there.md#part) [b](../gone.md) [c](https://example.org) [d](#here) `[e](code.md)`\n```\n[f](fence.md)\n```";
        Assert.That(RepositoryText.DeadLinks("docs/page.md", page, static (string p) => p == "docs/there.md"), Is.EqualTo(new[] { "docs/page.md: ../gone.md" }));
    }

    private static IEnumerable<string> TooLarge(IEnumerable<(string Path, long Bytes)> files) =>
        files.Where(static ((string, long Bytes) f) => f.Bytes >= FileLimitBytes).Select(static ((string Path, long Bytes) f) => $"{f.Path}: {f.Bytes} bytes");

    private static IEnumerable<(string Path, string Text)> Texts(Func<string, bool> wanted) =>
        SourceTree.Tracked.Where(wanted).Select(static (string p) => (p, File.ReadAllText(SourceTree.Absolute(p))));

    private static IEnumerable<string> LockedPackages(string lockFile)
    {
        using JsonDocument document = JsonDocument.Parse(lockFile);
        return [.. document.RootElement.GetProperty("dependencies").EnumerateObject().SelectMany(static (JsonProperty f) => f.Value.EnumerateObject()).Select(static (JsonProperty p) => p.Name)];
    }
}
