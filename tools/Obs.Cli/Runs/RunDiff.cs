using System.IO;
using Obs.Cli.Output;
using Obs.Core.Journal;

namespace Obs.Cli.Runs;

/// <summary>Compares the CSV files of two runs, in the order of the pipeline, so that the first cause is named and not its consequences; then their output logs.</summary>
internal static class RunDiff
{
    /// <summary>The file by which a folder is known as a run's.</summary>
    public const string MarkFile = "tops.csv";

    private static readonly string[] Files =
    [
        MarkFile, "features.csv", "predictions.csv", "orders.csv", "fills.csv", "equity.csv", "executions.csv", "reports.csv",
    ];

    /// <summary>The first difference, or null.</summary>
    public static Difference? First(string left, string right)
    {
        foreach (string file in Files)
        {
            (string leftPath, string rightPath) = (Path.Combine(left, file), Path.Combine(right, file));
            if (File.Exists(leftPath) != File.Exists(rightPath))
                return new Difference(file, "only one run has this file", Presence(leftPath), Presence(rightPath));
            if (File.Exists(leftPath) && FirstIn(file, leftPath, rightPath) is { } difference)
                return difference;
        }
        return FirstInOutputs(OutputLogs.FolderOf(left), OutputLogs.FolderOf(right));
    }

    // a log that only one of them wrote is no difference: it was asked for
    private static Difference? FirstInOutputs(string left, string right)
    {
        if (!OutputLogs.IsLog(left) || !OutputLogs.IsLog(right) || JournalDiff.First(left, right, LogFormat.Output) is not { } difference)
            return null;
        return difference with { Where = $"output log, {difference.Where}" };
    }

    private static Difference? FirstIn(string file, string leftPath, string rightPath)
    {
        using StreamReader left = new(leftPath);
        using StreamReader right = new(rightPath);
        string header = left.ReadLine() ?? "";
        string otherHeader = right.ReadLine() ?? "";
        if (header != otherHeader)
            return new Difference($"{file}, row 1", "the headers differ", header, otherHeader);
        for (int row = 2; ; row++)
        {
            string? leftRow = left.ReadLine();
            string? rightRow = right.ReadLine();
            if (leftRow is null && rightRow is null)
                return null;
            if (leftRow != rightRow)
                return new Difference($"{file}, row {row}", Why(header, leftRow, rightRow), leftRow ?? "(ends)", rightRow ?? "(ends)");
        }
    }

    private static string Why(string header, string? left, string? right)
    {
        if (left is null || right is null)
            return "one run ends here";
        string[] names = header.Split(','), leftCells = left.Split(','), rightCells = right.Split(',');
        for (int column = 0; column < names.Length && column < leftCells.Length && column < rightCells.Length; column++)
        {
            if (leftCells[column] != rightCells[column])
                return $"{names[column]} differs";
        }
        return "the rows have different lengths";
    }

    private static string Presence(string path) => File.Exists(path) ? "present" : "absent";
}
