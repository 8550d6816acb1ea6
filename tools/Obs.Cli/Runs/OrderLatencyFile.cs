using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Obs.Core.Simulation;

namespace Obs.Cli.Runs;

/// <summary>Recorded latencies of real orders, CSV <c>req_ns,exch_ns,resp_ns</c> with a header, sorted by request time.</summary>
internal static class OrderLatencyFile
{
    private const string Header = "req_ns,exch_ns,resp_ns";

    /// <summary>Reads the rows.</summary>
    /// <exception cref="CliException">Missing file, wrong header, a bad cell, or rows the model cannot use.</exception>
    public static OrderLatency Read(string path)
    {
        if (!File.Exists(path))
            throw new CliException(ExitCode.BadInput, $"--latency-file {path}: there is no such file.");
        List<OrderLatencyRow> rows = [];
        foreach ((int number, string line) in TextLines.Read(path))
        {
            if (number == 1 && line != Header)
                throw new CliException(ExitCode.BadInput, $"{path}, line 1: the header is '{TextLines.Shown(line)}'; write '{Header}'.");
            if (number > 1 && line.Length > 0)
                rows.Add(Parse(path, number, line));
        }
        try
        {
            return OrderLatency.Interpolated(rows);
        }
        catch (ArgumentException problem)
        {
            throw new CliException(ExitCode.BadInput, $"{path}: {problem.Message.Replace(" (Parameter 'rows')", "", StringComparison.Ordinal)}", problem);
        }
    }

    private static OrderLatencyRow Parse(string path, int number, string line)
    {
        string[] cells = line.Split(',');
        Span<long> values = stackalloc long[3];
        for (int cell = 0; cell < 3; cell++)
        {
            if (cells.Length != 3 || !long.TryParse(cells[cell], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out values[cell]))
                throw new CliException(ExitCode.BadInput, $"{path}, line {number}: '{TextLines.Shown(line)}' is no row of three integers (ns).");
        }
        return new OrderLatencyRow(values[0], values[1], values[2]);
    }
}
