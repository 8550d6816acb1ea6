using Obs.Bench.Harness;

return BenchProgram.Run(args);
