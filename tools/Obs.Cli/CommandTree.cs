using System.CommandLine;
using Obs.Cli.Commands;

namespace Obs.Cli;

/// <summary>The commands of <c>obs</c>.</summary>
internal static class CommandTree
{
    /// <summary>Builds the tree.</summary>
    public static RootCommand Build()
    {
        RootCommand root = new("Order Bookservator: raw order-book frames in, predictions and risk-checked paper orders out, the same every time. The launcher ./obs also knows test and bench.");
        root.Subcommands.Add(UpCommand.Create());
        root.Subcommands.Add(GenerateCommand.Create());
        root.Subcommands.Add(ImportCommand.Create());
        root.Subcommands.Add(ReplayCommand.Create());
        root.Subcommands.Add(PredictCommand.Create());
        root.Subcommands.Add(ExplainCommand.Create());
        root.Subcommands.Add(DiffCommand.Create());
        root.Subcommands.Add(JournalCommand.Create());
        root.Subcommands.Add(DoctorCommand.Create());
        root.Subcommands.Add(DocsCommand.Create());
        return root;
    }
}
