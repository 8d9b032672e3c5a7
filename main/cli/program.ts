import { Command, CommanderError, Option } from 'commander'
import { forecastModels } from '../../analytics/contract/forecast'
import { presetSchema } from '../../analytics/contract/periods'
import { failure, failureCodes, type Result } from '../../analytics/contract/result'
import { measureSchema, otherGroup } from '../../analytics/contract/spend'
import packageJson from '../../package.json'
import type { Application, ApplicationOptions } from '../application'
import { portOf } from '../web/arguments'
import { serve } from '../web/serve'
import { resolveHome } from '../workspace/home'
import { addAllocationCommands } from './allocation-program'
import { anomalies } from './anomalies'
import * as budgetCommands from './budgets'
import { addChangeCommands } from './change-program'
import * as commands from './commands'
import { addConnectionCommands } from './connections-program'
import { exitCodeOf, exitCodes } from './exit-codes'
import { forecast } from './forecast'
import { type AnomalyWords, parseAnomalies } from './parse-anomalies'
import { type BudgetWords, budgetPeriodWords, parseBudget } from './parse-budget'
import { type ForecastWords, parseForecast } from './parse-forecast'
import { parseQuery, type QueryWords } from './parse-query'
import { parseTags, parseUntagged, type TagWords } from './parse-tags'
import { type DriverWords, parseDriver, parseUnits, type UnitWords, unitGrainWords } from './parse-units'
import { parseRecommend, type RecommendWords, recommend } from './recommend'
import { type ScanWords, scan } from './scan'
import { openSession } from './session'
import * as sourceCommands from './source-commands'
import * as tagCommands from './tags'
import { complain, type Terminal } from './terminal'
import type { AskLine } from './terminal-questions'
import * as unitCommands from './units'

export interface ProgramOptions {
  readonly argv: readonly string[]
  readonly env: NodeJS.ProcessEnv
  readonly stdout: Terminal['stdout']
  readonly stderr: Terminal['stderr']
  readonly signal: AbortSignal
  /** Absent or null where nobody sits at a terminal. */
  readonly askLine?: AskLine | null
  readonly rendererFolder: string
  readonly startApplication: (options: ApplicationOptions) => Promise<Result<Application>>
}

/** Runs one command and answers its exit code. */
export async function buildProgram(options: ProgramOptions): Promise<number> {
  const json = options.argv.includes('--json')
  const terminal: Terminal = { json, stdout: options.stdout, stderr: options.stderr }
  let exitCode: number = exitCodes.done
  const home = () => {
    const { home: given } = program.opts<{ home?: string }>()
    return resolveHome({ ...options.env, ...(given ? { FINOPS_HOME: given } : {}) })
  }

  const withSession = async (run: (context: commands.CommandContext) => Promise<number>) => {
    const session = await openSession(home(), options.startApplication, options.askLine ?? null)
    if (!session.ok) {
      complain(terminal, session.failure)
      exitCode = exitCodeOf(session.failure)
      return
    }
    try {
      exitCode = await run({ session: session.value, terminal, signal: options.signal })
    } finally {
      await session.value.close()
    }
  }

  const program = new Command('finops')
    .description(packageJson.description)
    .version(packageJson.version)
    // On the program, so that they are understood before the command and after it.
    .option('--home <folder>', 'the workspace (default: FINOPS_HOME, else the place for application data)')
    .option('--json', 'one JSON document on stdout')
    .configureHelp({ showGlobalOptions: true })
    .exitOverride()
    .configureOutput({ writeOut: (text) => options.stdout.write(text), writeErr: () => undefined })
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 failed, 2 wrong usage, 3 refused and nothing changed, 4 done in part, 130 interrupted.',
    )
  const command = (words: string, description: string) =>
    program.command(words).description(description).exitOverride()

  command('doctor', 'checks engine, workspace, disk, keychain, screen and AWS profiles').action(() =>
    withSession(commands.doctor),
  )
  command('demo', 'fills the workspace with the sample organisation')
    .option('--until <day>', 'the day after the last one with data (default: today)')
    .option('--seed <number>', 'another organisation of the same kind')
    .option('--scale <number>', 'so many times the accounts and resources')
    .action((words: commands.DemoWords) => withSession((context) => commands.demo(context, words)))
  command('import <path...>', 'brings in a file, a folder or the root of a billing export').action(
    (paths: readonly string[]) => withSession((context) => commands.importPaths(context, paths)),
  )
  const sources = command('sources', 'what has been imported, by source and period')
  sources.action(() => withSession(commands.listSources))
  sources
    .command('remove <name>')
    .description('takes a source out of every figure; the files it came from stay')
    .exitOverride()
    .action((name: string) => withSession((context) => commands.removeSource(context, name)))
  sources
    .command('prefer <name>')
    .description('where several exports hold the same spend, count it from this one')
    .exitOverride()
    .action((name: string) => withSession((context) => commands.preferSource(context, name)))
  const ofSources = (words: string, description: string) =>
    sources
      .command(words)
      .description(description)
      .option('--period <month>', 'one billing month, YYYY-MM')
      .exitOverride()
  ofSources('bridge [name]', 'from usage to the invoices, month by month, to the last digit').action(
    (name: string | undefined, words: sourceCommands.SourceWords) =>
      withSession((context) => sourceCommands.bridge(context, name, words)),
  )
  ofSources(
    'invoice <id> <amount>',
    "writes down an invoice's amount, to measure the bill by; none: takes it back",
  ).action((id: string, amount: string, words: sourceCommands.SourceWords) =>
    withSession((context) => sourceCommands.invoice(context, id, amount, words)),
  )
  ofSources('restatements [name]', 'what changed in months that came more than once').action(
    (name: string | undefined, words: sourceCommands.SourceWords) =>
      withSession((context) => sourceCommands.restatements(context, name, words)),
  )
  ofSources('ledger [name]', 'every file that was read: size, hash, rows, and what became of it')
    .option('--search <text>', 'part of a name, a folder or a hash')
    .option('--limit <files>', 'at most so many, up to 1000 (default: 100)')
    .action((name: string | undefined, words: sourceCommands.SourceWords) =>
      withSession((context) => sourceCommands.ledger(context, name, words)),
    )
  ofSources('rejected [name]', 'the lines that could not be read, and why')
    .option('--out <file>', 'all of them, as CSV')
    .action((name: string | undefined, words: sourceCommands.SourceWords) =>
      withSession((context) => sourceCommands.rejected(context, name, words)),
    )
  sources
    .command('check <name>')
    .description('reads the files again and looks for lines that come twice')
    .exitOverride()
    .action((name: string) => withSession((context) => sourceCommands.check(context, name)))
  command('sync [name]', 'fetches what changed in the S3 sources and imports it').action(
    (name: string | undefined) => withSession((context) => commands.sync(context, name)),
  )
  command('query', 'asks a question about the bill')
    .requiredOption(
      '--measure <measures>',
      `${measureSchema.options.slice(0, -1).join(', ')} or ${measureSchema.options.at(-1)}; several with commas`,
      'effective',
    )
    .option('--by <dimensions>', 'account, service, region, ... or tag:KEY; several with commas')
    .addOption(new Option('--grain <grain>', 'one row an hour, day, week, month, quarter or year'))
    .option('--from <day>', 'first day, YYYY-MM-DD')
    .option('--to <day>', 'the day after the last one')
    .option('--last <count>', 'instead of days: 30d, 2w or 6m (whole months), up to the last day with data')
    .option('--period <name>', `instead of days: ${presetSchema.options.join(', ')}`)
    .option('--where <expression...>', 'dimension=value, !=, ~ (contains), !~; repeatable')
    .option(
      '--having <expression...>',
      'groups of an amount: effective>=100, effective.change>50; repeatable',
    )
    .option('--compare <with>', 'previous or year')
    .option('--top <groups>', `the largest groups, the rest as ${otherGroup}`)
    .option('--cumulative', 'each point of time with all before it')
    .option('--share', 'adds the percentage of the total')
    .option('--sort <columns>', 'columns of the answer, largest first; NAME:asc for smallest first')
    .option('--offset <rows>', 'rows to leave out before the first')
    .option('--limit <rows>', 'so many rows only; the total stays that of all')
    .action(async (words: QueryWords) => {
      // Read before the workspace is opened: a slip of the pen must not make one.
      const asked = parseQuery(words)
      if (!asked.ok) {
        complain(terminal, asked.failure)
        exitCode = exitCodes.usage
        return
      }
      await withSession((context) => commands.query(context, asked.value))
    })
  command('forecast', 'spend ahead, or what follows the series of a CSV file')
    .option('--horizon <steps>', 'days or months of the bill, or steps of the series')
    .option('--accuracy', 'instead: how good the forecasts of the bill were, beside what people usually do')
    .option('--grain <grain>', 'day or month')
    .option('--measure <measure>', 'effective (the default), billed, list or contracted')
    .option('--by <dimension>', 'account, service, region, ... or tag:KEY')
    .option('--where <expression...>', 'dimension=value, !=, ~ (contains), !~; repeatable')
    .option('--growth <percent>', 'what if: percent a month on top of what is expected')
    .option('--fiscal-year-start <month>', 'adds the end of the fiscal year to the projections')
    .option('--series <file>', 'CSV with timestamp,value or series,timestamp,value instead of the bill')
    .option('--season <steps>', 'length of a cycle in the file; else its spacing and the data say')
    .option('--model <name>', `one model alone: ${forecastModels.join(', ')}`)
    .action(async (words: ForecastWords) => {
      const asked = parseForecast(words)
      if (!asked.ok) {
        complain(terminal, asked.failure)
        exitCode = exitCodes.usage
        return
      }
      await withSession((context) => forecast(context, asked.value))
    })
  command('anomalies', 'what is out of the ordinary in the bill, or in any series')
    .option('--from <day>', 'anomalies that last into this day or later, YYYY-MM-DD')
    .option('--to <day>', 'and begin before this one')
    .option('--by <dimension>', 'look at the values of one dimension only')
    .option('--where <expression...>', 'dimension=value, !=, ~ (contains), !~; repeatable')
    .option('--series <file>', 'a CSV of timestamp,value or series,timestamp,value instead of the bill')
    .option('--scores', 'with --series: one score in [0,1] for every row')
    .option('--per-year <number>', 'the dial: false alarms a year, of the bill or of each series')
    .action(async (words: AnomalyWords) => {
      const asked = parseAnomalies(words)
      if (!asked.ok) {
        complain(terminal, asked.failure)
        exitCode = exitCodes.usage
        return
      }
      await withSession((context) => anomalies(context, asked.value))
    })
  command('recommend', 'what could be saved, what saves most first')
    .option('--rule <rule>', 'one rule alone, also one that is only looked for when asked')
    .option('--min-saving <amount>', 'what saves at least this much a month')
    .action(async (words: RecommendWords) => {
      const asked = parseRecommend(words)
      if (!asked.ok) {
        complain(terminal, asked.failure)
        exitCode = exitCodes.usage
        return
      }
      await withSession((context) => recommend(context, asked.value))
    })
  const budgets = command('budgets', 'what may be spent, what came in and what is expected')
  budgets.action(() => withSession(budgetCommands.listBudgets))
  budgets
    .command('list')
    .description('the same: each budget with its state')
    .exitOverride()
    .action(() => withSession(budgetCommands.listBudgets))
  budgets
    .command('add <name>')
    .description('writes a budget down, over one of the same name')
    .exitOverride()
    .requiredOption('--amount <amount>', 'of its first period, as a decimal')
    .requiredOption('--from <day>', 'its first day, the first of a month')
    .option('--to <day>', 'the day after its last; without it the budget goes on')
    .option('--period <period>', budgetPeriodWords, 'month')
    .option('--measure <measure>', 'effective, billed, list or contracted', 'effective')
    .option('--currency <code>', 'only charges in it are counted', 'USD')
    .option('--growth <percent>', 'each period above the one before', '0')
    .option('--where <expression...>', 'dimension=value, !=, ~ (contains), !~; repeatable')
    .option('--threshold <threshold...>', 'actual:80 or forecast:100, percent of the amount; repeatable')
    .option('--owner <name>', 'who answers for it')
    .option('--note <text>', 'what else there is to say')
    .action(async (name: string, words: BudgetWords) => {
      const asked = parseBudget(name, words)
      if (!asked.ok) {
        complain(terminal, asked.failure)
        exitCode = exitCodes.usage
        return
      }
      await withSession((context) => budgetCommands.addBudget(context, asked.value))
    })
  budgets
    .command('remove <name>')
    .description('takes a budget away, with its alerts')
    .exitOverride()
    .action((name: string) => withSession((context) => budgetCommands.removeBudget(context, name)))
  const units = command('units', 'what the business counts, and what one of it costs')
  units.action(() => withSession(unitCommands.listDrivers))
  units
    .command('list')
    .description('the same: each driver with its file and days')
    .exitOverride()
    .action(() => withSession(unitCommands.listDrivers))
  units
    .command('import <file>')
    .description('brings a driver in from CSV: date,value or date,value,label; over one of the same name')
    .exitOverride()
    .requiredOption('--name <name>', 'what the driver is called')
    .requiredOption('--unit <unit>', 'what one of it is: order, 1000 requests')
    .option('--grain <grain>', 'day or month; else the dates say')
    .action(async (file: string, words: DriverWords) => {
      const asked = parseDriver(file, words)
      if (!asked.ok) {
        complain(terminal, asked.failure)
        exitCode = exitCodes.usage
        return
      }
      await withSession((context) => unitCommands.importDriver(context, asked.value))
    })
  units
    .command('show <name>')
    .description('the cost of a unit over time')
    .exitOverride()
    .option('--measure <measure>', 'effective, billed, list or contracted', 'effective')
    .option('--by <dimension>', 'whose values the labels name: account, tag:KEY, ...')
    .option('--grain <grain>', unitGrainWords, 'month')
    .option('--from <day>', 'first day, YYYY-MM-DD')
    .option('--to <day>', 'the day after the last one')
    .option('--last <count>', 'instead of days: 30d, 2w or 6m (whole months), up to the last day with data')
    .option('--period <name>', 'instead of days: as in finops query; else all there is')
    .option('--where <expression...>', 'dimension=value, !=, ~ (contains), !~; repeatable')
    .action(async (name: string, words: UnitWords) => {
      const asked = parseUnits(name, words)
      if (!asked.ok) {
        complain(terminal, asked.failure)
        exitCode = exitCodes.usage
        return
      }
      await withSession((context) => unitCommands.showUnits(context, asked.value))
    })
  units
    .command('remove <name>')
    .description('takes a driver away')
    .exitOverride()
    .action((name: string) => withSession((context) => unitCommands.removeDriver(context, name)))
  const ofTags = (one: Command) =>
    one
      .option('--measure <measure>', 'effective, billed, list or contracted', 'effective')
      .option('--from <day>', 'first day, YYYY-MM-DD')
      .option('--to <day>', 'the day after the last one')
      .option('--last <count>', 'instead of days: 30d, 2w or 6m (whole months), up to the last day with data')
      .option('--period <name>', 'instead of days: as in finops query; else the last month')
      .option('--currency <code>', 'else the one with most spend')
      .option('--where <expression...>', 'dimension=value, !=, ~ (contains), !~; repeatable')
  const tags = ofTags(command('tags', 'how much of the spend is tagged, and what to mend first'))
  tags.action(async (words: TagWords) => {
    const asked = parseTags(words)
    if (!asked.ok) {
      complain(terminal, asked.failure)
      exitCode = exitCodes.usage
      return
    }
    await withSession((context) => tagCommands.tagHygiene(context, asked.value))
  })
  ofTags(
    tags
      .command('untagged <key>')
      .description('the accounts with spend that lacks a key, and who owns them')
      .exitOverride(),
  )
    .option('--owner <key>', 'the tag whose value says who owns an account')
    .option('--limit <accounts>', 'so many only; the total stays that of all')
    .action(async (key: string, _words: TagWords, asking: Command) => {
      // Options stand on both commands; before the second word they belong to the first.
      const asked = parseUntagged(key, asking.optsWithGlobals<TagWords>())
      if (!asked.ok) {
        complain(terminal, asked.failure)
        exitCode = exitCodes.usage
        return
      }
      await withSession((context) => tagCommands.untaggedSpend(context, asked.value))
    })
  command('scan', 'reads what runs in an AWS account, and how busy it was; it changes nothing there')
    .option('--profile <name>', 'a profile of the AWS files (default: the default credentials)')
    .option('--regions <list>', 'only these, with commas (default: all that are switched on)')
    .option('--services <list>', 'only these, with commas: ec2,rds')
    .option('--metric-days <days>', 'five-minute metrics of so many days, as far as they are missing', '14')
    .option('--estimate', 'says what the missing metrics would cost and fetches none')
    .option('--no-resume', 'begins anew where a scan was broken off')
    .addOption(new Option('--out <file>', 'also writes a recorded inventory, packed when it ends in .gz'))
    .addOption(
      new Option('--in <file>', 'reads a recorded inventory in place of an account').conflicts([
        'profile',
        'regions',
        'services',
        'out',
        'estimate',
      ]),
    )
    .action((words: ScanWords) => withSession((context) => scan(context, words)))
  addConnectionCommands(
    command('connections', 'AWS profiles and what else was connected: what each may do, read-only or not'),
    withSession,
  )
  addAllocationCommands(command('allocation', 'who the spend belongs to, by sets of rules'), {
    withSession,
    misused: (wrong) => {
      complain(terminal, wrong)
      exitCode = exitCodes.usage
    },
  })
  addChangeCommands(program, withSession)
  command('serve', "shows the screens in this machine's browser")
    .option('--port <number>')
    .option('--no-open', 'only print the address')
    .option('--demo', 'fill an empty workspace with the sample organisation')
    .action(async (words: { port?: string; open: boolean; demo?: boolean }) => {
      const port = portOf(words.port ?? '0')
      if (port === null) {
        complain(terminal, failure('usage', `--port: ${words.port} is no port.`, 'See: finops serve --help'))
        exitCode = exitCodes.usage
        return
      }
      exitCode = await serve({
        home: home(),
        rendererFolder: options.rendererFolder,
        port,
        open: words.open,
        json,
        demo: words.demo ?? false,
        env: options.env,
        startApplication: options.startApplication,
        print: (line) => options.stdout.write(`${line}\n`),
        tell: (line) => options.stderr.write(`${line}\n`),
      })
    })

  try {
    await program.parseAsync([...options.argv], { from: 'user' })
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError) return usage(error, terminal, program.helpInformation())
    const details = error instanceof Error ? (error.stack ?? error.message) : String(error)
    complain(
      terminal,
      failure(
        failureCodes.unexpected,
        'Something unexpected went wrong.',
        'Copy the details and report them.',
        details,
      ),
    )
    return exitCodes.failed
  }
}

function usage(error: CommanderError, terminal: Terminal, help: string): number {
  if (error.exitCode === 0) return exitCodes.done
  if (error.code === 'commander.help') {
    if (terminal.json) complain(terminal, failure('usage', 'No command was given.', 'See: finops --help'))
    else terminal.stderr.write(help)
    return exitCodes.usage
  }
  const message = error.message.replace(/^error: /, '')
  complain(
    terminal,
    failure('usage', `${message.charAt(0).toUpperCase()}${message.slice(1)}.`, 'See: finops --help'),
  )
  return exitCodes.usage
}
