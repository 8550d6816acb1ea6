using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Obs.Cli.Reference;

/// <summary>The summaries of Core's documentation file, by member.</summary>
internal sealed partial class XmlSummaries
{
    private readonly Dictionary<string, string> _summaries;

    /// <summary>Reads the documentation file beside the program.</summary>
    /// <exception cref="CliException">It is not there: the program was not built from source.</exception>
    public XmlSummaries()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Obs.Core.xml");
        if (!File.Exists(path))
            throw new CliException(ExitCode.Environment, $"{path} is missing; run this from a build of the sources (./obs docs write).");
        _summaries = XDocument.Load(path).Descendants("member")
            .Where(static member => member.Element("summary") is not null)
            .ToDictionary(static member => member.Attribute("name")!.Value, static member => Flat(member.Element("summary")!));
    }

    /// <summary>Summary of an enum member, field or property.</summary>
    /// <exception cref="CliException">It has none.</exception>
    public string Of(char kind, Type type, string member) =>
        _summaries.TryGetValue($"{kind}:{type.FullName}.{member}", out string? summary)
            ? summary
            : throw new CliException(ExitCode.Fault, $"{type.Name}.{member} has no documentation to render.");

    private static string Flat(XElement summary)
    {
        string text = string.Concat(summary.Nodes().Select(static node => node switch
        {
            XText words => words.Value,
            XElement { Name.LocalName: "see" } see => (see.Attribute("cref")?.Value ?? "").Split('.')[^1],
            XElement element => $"`{element.Value}`",
            _ => "",
        }));
        return Spaces().Replace(text, " ").Trim().Replace("|", "\\|", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
