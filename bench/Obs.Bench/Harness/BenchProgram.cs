using System;
using System.Collections.Generic;
using System.Linq;
using BenchmarkDotNet.Running;

namespace Obs.Bench.Harness;

/// <summary>The benchmark command: <c>dotnet run -c Release --project bench/Obs.Bench -- [suite…]</c> and <c>obs bench</c>.</summary>
public static class BenchProgram
{
    /// <summary>Measures what the arguments name. Results on stdout, progress on stderr.</summary>
    /// <returns>0: measured; 1: a suite failed; 2: the call was not understood.</returns>
    public static int Run(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        if (args.Length > 0 && args[0] == "--bdn")
        {
            BenchmarkSwitcher.FromAssembly(typeof(BenchProgram).Assembly).Run(args[1..]);
            return 0;
        }
        BenchOptions? options = BenchOptions.Parse(args, out string problem);
        if (options is null)
            return Refuse(problem);
        if (options.ShowHelp)
        {
            Console.Out.WriteLine(BenchOptions.Help);
            return 0;
        }
        IReadOnlyList<IBenchSuite> all = SuiteCatalog.Create();
        string[] unknown = [.. options.Suites.Where(name => all.All(suite => suite.Name != name))];
        if (unknown.Length > 0)
            return Refuse($"No suite is named '{unknown[0]}'; there are: {string.Join(", ", all.Select(static suite => suite.Name))}.");
        IBenchSuite[] chosen = [.. all.Where(suite => options.Suites.Count == 0 || options.Suites.Contains(suite.Name))];
        return options.List ? List(chosen, options) : Measure(chosen, options);
    }

    private static int Refuse(string problem)
    {
        Console.Error.WriteLine(problem);
        return 2;
    }

    private static int List(IBenchSuite[] suites, BenchOptions options)
    {
        if (options.Json)
        {
            ReportWriter.WriteJson([.. suites.Select(suite => new ListedSuite(suite.Name, suite.Title, suite.Unavailable(options)))], Console.Out);
            return 0;
        }
        TextTable table = new(["suite", "title", "can run"], leftColumns: 2);
        foreach (IBenchSuite suite in suites)
            table.Add(suite.Name, suite.Title, suite.Unavailable(options) ?? "yes");
        table.WriteTo(Console.Out);
        return 0;
    }

    private static int Measure(IBenchSuite[] suites, BenchOptions options)
    {
        BenchReport report = new BenchRunner(options).Run(suites);
        if (options.Json)
            ReportWriter.WriteJson(report, Console.Out);
        else
            ReportWriter.WriteTables(report, Console.Out);
        return report.Suites.Any(static suite => suite.Error is not null) ? 1 : 0;
    }
}
