using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using Obs.Cli.Doctor;
using Obs.Cli.Output;
using Spectre.Console;

namespace Obs.Cli.Commands;

/// <summary><c>obs doctor</c>: what this machine offers, and what to change.</summary>
internal static class DoctorCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<string> data = new("--data") { Description = "Folder whose disk is examined.", DefaultValueFactory = static _ => "." };
        Option<bool> json = new("--json") { Description = "Print one JSON object on stdout." };
        Command command = new("doctor", """
            Looks at cores, clock, huge pages, limits and disk, and says what to change. Always exits with 0: it advises, it does not judge.

            Example:
              obs doctor --data /var/lib/obs
            """) { data, json };
        command.SetAction(parsed => Run(parsed.GetValue(data)!, parsed.GetValue(json)));
        return command;
    }

    private static int Run(string folder, bool asJson)
    {
        if (!Directory.Exists(folder))
            throw new CliException(ExitCode.BadInput, $"--data {folder}: there is no such folder.");
        IReadOnlyList<Finding> findings = Examination.Run(folder);
        if (asJson)
            WriteJson(findings);
        else
            WriteTable(findings);
        return ExitCode.Done;
    }

    private static void WriteTable(IReadOnlyList<Finding> findings)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumns("", "check", "found", "advice");
        foreach (Finding finding in findings)
            table.AddRow(finding.IsGood ? "ok" : "!", finding.Check, Markup.Escape(finding.Value), Markup.Escape(finding.Advice));
        Tables.Print(table);
        AnsiConsole.WriteLine($"{findings.Count(static f => !f.IsGood)} of {findings.Count} could be better.");
    }

    private static void WriteJson(IReadOnlyList<Finding> findings) => JsonOut.Object(json =>
    {
        json.WriteStartArray("findings");
        foreach (Finding finding in findings)
        {
            json.WriteStartObject();
            json.WriteString("check", finding.Check);
            json.WriteString("value", finding.Value);
            json.WriteBoolean("isGood", finding.IsGood);
            json.WriteString("advice", finding.Advice);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });
}
