using System;
using System.Collections.Generic;
using System.Globalization;
using System.Reflection;
using System.Text;
using Obs.Cli.Output;
using Obs.Core.Journal;
using Obs.Core.Market;
using Obs.Core.Signals;
using Obs.Core.Trading;

namespace Obs.Cli.Reference;

/// <summary>The pages of docs/reference that are rendered from code, so that they cannot be wrong.</summary>
internal static class ReferencePages
{
    private const string Notice = "This page is rendered from the code; a test compares it. After a change run `./obs docs write`.\n";

    /// <summary>All pages: file name and text.</summary>
    public static IReadOnlyList<(string File, string Text)> Render()
    {
        XmlSummaries summaries = new();
        return
        [
            ("reject-reasons.md", Enum("Reasons the risk stage refuses an order", typeof(RejectReason), summaries, static code => CsvWords.Of((RejectReason)code))),
            ("decode-statuses.md", Enum("Why a frame is refused", typeof(DecodeStatus), summaries, null)),
            ("record-kinds.md", Enum("Kinds of journal records", typeof(RecordKind), summaries, null)),
            ("output-kinds.md", Enum("Kinds of output-log records", typeof(OutputKind), summaries, null)),
            ("book-quality.md", Enum("Quality of a book", typeof(BookQuality), summaries, null)),
            ("fill-causes.md", Enum("Why the paper venue executed", typeof(FillCause), summaries, static code => CsvWords.Of((FillCause)code))),
            ("features.md", Enum("Features", typeof(FeatureId), summaries, static code => FeatureNames.Of((FeatureId)code))),
            ("risk.md", Risk(summaries)),
            ("exit-codes.md", ExitCodes()),
        ];
    }

    private static string Enum(string title, Type type, XmlSummaries summaries, Func<int, string>? wordOf)
    {
        StringBuilder page = Begin(title);
        page.Append(wordOf is null ? "| number | name | meaning |\n|---|---|---|\n" : "| number | name | in files | meaning |\n|---|---|---|---|\n");
        foreach (object value in System.Enum.GetValues(type))
        {
            int number = Convert.ToInt32(value, CultureInfo.InvariantCulture);
            string word = wordOf is null ? "" : $" `{wordOf(number)}` |";
            page.Append(CultureInfo.InvariantCulture, $"| {number} | {value} |{word} {summaries.Of('F', type, value.ToString()!)} |\n");
        }
        return page.ToString();
    }

    private static string Risk(XmlSummaries summaries)
    {
        StringBuilder page = Begin("Risk settings");
        page.Append("Given with `--risk FILE`, a JSON object; what is left out keeps its default. Unknown members are an error.\n\n| setting | default | meaning |\n|---|---|---|\n");
        RiskOptions defaults = new();
        foreach (PropertyInfo property in typeof(RiskOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        {
            if (property.Name == "EqualityContract")
                continue;
            string name = char.ToLowerInvariant(property.Name[0]) + property.Name[1..];
            page.Append(CultureInfo.InvariantCulture, $"| `{name}` | {(property.GetValue(defaults) is bool isOn ? (isOn ? "true" : "false") : property.GetValue(defaults))} | {summaries.Of('P', typeof(RiskOptions), property.Name)} |\n");
        }
        return page.ToString();
    }

    private static string ExitCodes()
    {
        StringBuilder page = Begin("Exit codes");
        page.Append("| code | meaning |\n|---|---|\n");
        (int Code, string Meaning)[] codes =
        [
            (ExitCode.Done, "the command did its job"),
            (ExitCode.Negative, "it did its job and the answer is no: two runs differ, a journal is damaged"),
            (ExitCode.Usage, "the command line is wrong"),
            (ExitCode.BadInput, "an input is missing, unreadable or of another kind"),
            (ExitCode.Environment, "the machine does not allow it: disk full, folder read-only, no permission"),
            (ExitCode.Fault, "a fault of obs itself"),
            (ExitCode.Interrupted, "interrupted by the user"),
        ];
        foreach ((int code, string meaning) in codes)
            page.Append(CultureInfo.InvariantCulture, $"| {code} | {meaning} |\n");
        return page.ToString();
    }

    private static StringBuilder Begin(string title) => new StringBuilder().Append("# ").Append(title).Append("\n\n").Append(Notice).Append('\n');
}
