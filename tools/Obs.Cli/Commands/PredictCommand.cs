using System;
using System.CommandLine;
using System.IO;
using Obs.Cli.Output;
using Obs.Core.Models;
using Obs.Core.Models.Sequence;

namespace Obs.Cli.Commands;

/// <summary><c>obs predict</c>: a model over rows of features.</summary>
internal static class PredictCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<string> model = new("--model") { Description = "Model file (.safetensors).", Required = true };
        Option<string> input = new("--input") { Description = "CSV of feature rows, one a tick, with the feature names in the header.", Required = true };
        Option<string> path = new("--path") { Description = "staggered (as the engine predicts) or window (whole windows).", DefaultValueFactory = static _ => "staggered" };
        Option<bool> json = new("--json") { Description = "Print one JSON object instead of CSV." };
        Command command = new("predict", """
            Runs a model over rows of features and prints row,prediction, one line per full window (row = index of the window's last row, from 0).

            Example:
              obs predict --model models/demo.safetensors --input models/demo.windows.csv
            """) { model, input, path, json };
        command.SetAction(parsed => Run(parsed.GetValue(model)!, parsed.GetValue(input)!, parsed.GetValue(path)!, parsed.GetValue(json)));
        return command;
    }

    private static int Run(string modelPath, string inputPath, string pathWord, bool asJson)
    {
        SequencePath path = pathWord switch
        {
            "staggered" => SequencePath.Staggered,
            "window" => SequencePath.Window,
            _ => throw new CliException(ExitCode.Usage, $"--path is '{pathWord}'; give staggered or window."),
        };
        using StringWriter csv = new();
        using StreamWriter stdout = new(Console.OpenStandardOutput());
        ModelRun run = ModelRunner.Run(modelPath, inputPath, path, asJson ? csv : stdout);
        stdout.Flush();
        if (run.Rows == 0)
            throw new CliException(ExitCode.BadInput, $"{inputPath}: holds a header and no row; give feature rows, one a tick.");
        if (asJson)
            WriteJson(csv.ToString(), run);
        return ExitCode.Done;
    }

    private static void WriteJson(string csv, ModelRun run) => JsonOut.Object(json =>
    {
        json.WriteNumber("rows", run.Rows);
        json.WriteNumber("skippedRows", run.SkippedRows);
        json.WriteNumber("inputsOutOfRange", run.OutOfRangeInputs);
        json.WriteStartArray("predictions");
        foreach (string line in csv.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..])
        {
            string[] cells = line.Split(',');
            json.WriteStartObject();
            json.WriteNumber("row", long.Parse(cells[0], System.Globalization.CultureInfo.InvariantCulture));
            json.WriteNumber("prediction", double.Parse(cells[1], System.Globalization.CultureInfo.InvariantCulture));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });
}
