using System;
using System.CommandLine;
using System.IO;
using Obs.Cli.Output;
using Obs.Cli.Reference;

namespace Obs.Cli.Commands;

/// <summary><c>obs docs write|check</c>: the reference pages that are rendered from code.</summary>
internal static class DocsCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<string> folder = new("--folder") { Description = "Folder of the pages.", DefaultValueFactory = static _ => Path.Combine("docs", "reference"), Recursive = true };
        Option<bool> json = new("--json") { Description = "Print one JSON object on stdout.", Recursive = true };
        Command write = new("write", "Writes the pages.\n\nExample:\n  obs docs write");
        write.SetAction(parsed => Write(parsed.GetValue(folder)!, parsed.GetValue(json)));
        Command check = new("check", "Exit code 1 when a page is out of date.\n\nExample:\n  obs docs check");
        check.SetAction(parsed => Check(parsed.GetValue(folder)!, parsed.GetValue(json)));
        Command command = new("docs", "Renders the reference pages from the code (for people who change OBS).\n\nExample:\n  obs docs write") { folder, json };
        command.Subcommands.Add(write);
        command.Subcommands.Add(check);
        return command;
    }

    private static int Write(string folder, bool asJson)
    {
        Directory.CreateDirectory(folder);
        int pages = 0;
        foreach ((string file, string text) in ReferencePages.Render())
        {
            File.WriteAllText(Path.Combine(folder, file), text);
            pages++;
        }
        Say(asJson, "written", pages, $"{pages} pages written to {folder}.");
        return ExitCode.Done;
    }

    private static int Check(string folder, bool asJson)
    {
        int outOfDate = 0;
        foreach ((string file, string text) in ReferencePages.Render())
        {
            string path = Path.Combine(folder, file);
            if (File.Exists(path) && File.ReadAllText(path) == text)
                continue;
            outOfDate++;
            Console.Error.WriteLine(CommandName.In($"{path} is out of date; run: obs docs write"));
        }
        Say(asJson, "outOfDate", outOfDate, outOfDate == 0 ? "up to date." : $"{Counted.Of(outOfDate, "page")} out of date.");
        return outOfDate == 0 ? ExitCode.Done : ExitCode.Negative;
    }

    private static void Say(bool asJson, string name, int count, string text)
    {
        if (asJson)
            JsonOut.Object(json => json.WriteNumber(name, count));
        else
            Console.WriteLine(text);
    }
}
