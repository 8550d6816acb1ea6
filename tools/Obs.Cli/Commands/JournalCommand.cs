using System.CommandLine;

namespace Obs.Cli.Commands;

/// <summary><c>obs journal verify|dump|repair|prune|rebuild-outputs</c>: looks after the files a run depends on.</summary>
internal static class JournalCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Command command = new("journal", """
            Verifies, lists, repairs or shortens a journal or an output log, or computes the output log of a run anew.

            Example:
              obs journal verify data/journal
              obs journal dump data/journal --from 1 --to 20
            """);
        command.Subcommands.Add(JournalVerifyCommand.Create());
        command.Subcommands.Add(JournalDumpCommand.Create());
        command.Subcommands.Add(JournalRepairCommand.Create());
        command.Subcommands.Add(JournalPruneCommand.Create());
        command.Subcommands.Add(JournalRebuildOutputsCommand.Create());
        return command;
    }
}
