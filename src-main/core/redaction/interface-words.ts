/**
 * The words that an export may show: plain English words of user interfaces, sorted.
 *
 * The list contains the words of ordinary controls, form labels, messages, tables, dates, shops, accounts and dashboards, and of the errors
 * of browsers and servers, whatever the product. It includes function words, so that a sentence of such words stays readable. It was
 * written from common knowledge, not from any recording.
 *
 * It excludes words that are also common given names or surnames (mark, bill, grant, price, page, gross), words of streets and places,
 * months that are names, and words about health, belief, politics and origin. Letters are lower-case ASCII; an apostrophe is the only other
 * character.
 */
const sortedWords = `
a abbreviation able abort aborted about absolute accept accepted access accessibility accordion account accountant
accounting accounts accrual acknowledge action actions activate activated active activity add added adding
additional address addresses adjust adjustment admin advance advanced advert after again aggregate ago ajax alert
alerts align all allocation allow allowed alphabetical already also alternative always am amount amounts an
analysis analytics and android annotation announcement annual annually anonymous another answer answers any
anything anytime anywhere api app appear appearance append application applications applied apply appointment
appointments approval approve approved approximately apr archive archived are area aren't argument arguments
arrange array arrival arrow article articles as ascending ask aspect assertion asset assets assign assigned
assistant async at attach attached attachment attachments attempt attempts attention attribute attributes auction
audio audit auditing aug authenticate authentication authority authorization authorize authorized auto
autocomplete autofill automatic automatically autosave availability available avatar average await back backend
background backup bad badge balance balances bank banner bar base basic basket batch be because been before begin
beginning behavior being below beneficiary beta between bic bid billing biweekly blank block blocked board body
bold booking bookings bookmark bookmarks boolean border borders both bottom bought box brand breadcrumb brief
broken brokerage browse browser bubble budget budgeted budgeting budgets buffer build built bulk bullet bundle
business busy but button buttons buy buyer buyers by bytes cache calculate calculated calendar call callback
camera can can't cancel canceled cancellation cancelled cannot capacity caption capture card cards carousel cart
cashback catalog categories category caution cell cells center change changed changelog changes channel channels
character characters charge chargeback charged charges chart charts chat check checkbox checked checking checklist
checkout checks cheque child children choice choices choose chosen chrome chunk circle class classic clean clear
clearance cleared click clicked client clients clipboard clone close closed closing cloud code codes collapse
collapsed collection collections color colors colour colours column columns combine coming command commands
comment comments commission commit common community compact companies company compare comparison compatible
complete completed complex component components compose compound compress computer concurrent condition conditions
configuration configure configured confirm confirmation confirmations confirmed conflict connect connected
connecting connection connections consent consignment console consolidated constructor contact contacts contain
contains content contents context continue contract contractor contrast contribute contribution control controls
conversation conversations conversion conversions convert cookie cookies coordinate copied copy copyright corner
correct corrected cors cost costs could couldn't count counter country coupon courier cover crash crashed create
created creating creation credential credentials credit creditor credits critical crop crypto css csv currency
current currently cursor custom customer customers customize cut cvc cvv cycle daily danger dark dashboard
dashboards data database dataset date dates days deactivate deadline deadlock debit debt debtor debug dec december
decimal decline declined decrease decrypt deductible deduction deductions default defaults deferred define defined
definition degree delay delete deleted deleting deletion deliver delivered delivery demo denied deny departure
deployment deposit deposited deposits deprecated depreciation depth descending describe description descriptor
deselect deserialize design desktop destination detail detailed details detect detected developer development
device devices dialog did didn't difference digit digits dimension direct direction directory disable disabled
discard disconnect disconnected discount discounted discounts dismiss dismissed dispatch dispatched display
displayed dispute disputes distance divide dividend dividends divider do doc dock docs document documentation
documents does doesn't doing dollar dollars domain don't donation donations done dot dotted double down download
downloaded downloading downloads downtime draft drafts drag drawer drop dropdown due duplicate duplicated duration
during dynamic each earlier early earning earnings edge edit edited editing editor effect eight either element
elements else email emails embed emoji employee employees empty enable enabled encrypt encrypted end ended ending
ends enough enter entered enterprise entity entries entry environment equal equals equity erase error errors
escape escrow essential estimate estimated etc euro euros even event events ever every everyone everything exact
example examples exceed exceeded excellent except exception exchange exclude excluded exclusive execute exist
existing exists exit expand expandable expanded expected expense expenses expiration expire expired expires expiry
explain explanation explore explorer export exported exporting express expression extend extension external extra
face fail failed failure fallback false familiar family faq fast faster fatal favorite favorites favourite
favourites feature featured features feb february fee feed feedback feeds fees fetch fetching few fewer figure
file filename files fill filled filter filtered filters final finance finances financial find finder fingerprint
finish finished firefox first fiscal fit five fix fixed flag flat flexible float floating flow focus focused
folder folders follow following font fonts footer footnote for forbidden force forgot forgotten form format
formats formatting forms formula forum forward found four fraction frame free frequency frequent frequently fri
friday from front frontend ftp fulfilled fulfillment full fullscreen function functions fund funds future gain
gallery gateway general generate generated get getting gif give given global go goal goals goods gradient graph
greater greeting grid group groups growth guarantee guest guide guided guidelines had half halt hamburger handle
handler handling hang has hash hasn't have haven't having he header headers heading headings heap height hello
help helpful her here here's hidden hide hierarchy high higher highest highlight hint hints his history hold
holding holdings home homepage hook horizontal host hour hourly hours hover how hrs html http https hundred
hyperlink i i'm i've iban icon icons id identifier identity idle ids if iframe ignore ignored illegal illustration
illustrations image images import important imported importer importing impression impressions improve improvement
improvements in inactive inbox incentive include included includes including inclusive income incoming incomplete
incorrect increase indent index indicator individual info information inherit inherited initial initialize
initializing inline input inputs insert inside inspect install installation installed installment installments
instance instant instead instruction instructions insufficient integer integration integrations intent interest
interface internal internet interval into invalid inventory invest investment investments invisible invitation
invite invited invoice invoices ios ip is isn't issue issuer issues it it's italic item items iterable its january
javascript join joined journal jpeg jpg js json jul july jump just kanban keep key keyboard keypad keys keyword
keywords kind know known label labels landing landscape language languages large larger largest last late latency
later latest launch layer layout lazy lead leaderboard learn least leave ledger left legal lender length less let
let's level levels liabilities liability library license light like likes limit limited limits line lines link
linked links linux list listed listener listing lists literal live load loaded loader loading loan loans local
locale localization location lock locked log logged logging login logo logout logs look lookup loop lost low lower
lowercase lowest loyalty mac made magnifier mail main maintenance make making manage managed management manager
manual manufacturer many map mapping margin marked marker market masked match matched matches matching maturity
maximize maximized maximum me mean media medium member members membership memo memory mention mentioned mentions
menu menus merchant merchants merge merged message messages meta method methods metric metrics middle middleware
midnight might migration milestone milestones million minimal minimize minimized minimum mins minus minute minutes
mirror misc miscellaneous missing mobile modal mode model moderator modification modified modify module mon monday
money monitor monitoring month monthly months more morning mortgage most mount mouse move moved much multi
multiple must mutation mute muted mutual my name named names namespace navigate navigation near necessary need
needed needs negotiate nested net network never new newer newest news newsletter next nickname night nine no
nobody node none noon normal not note notebook notes nothing notice notification notifications notify notional nov
november now null nullish number numbers numeric object objects observer occasionally occurred oct october of off
offer offers office offline often ok okay old oldest omit omitted on onboarding once one online only onto opacity
open opened opening opens operation operations operator opted optimize optimized option optional options or order
ordered ordering orders organization organizations orientation origin original other others otherwise otp our ours
out outbox outgoing outline output outside outstanding over overall overdraft overdue overflow overlay override
overspent overtime overview overwrite own owner ownership pack package packages packaging padding paginate
pagination paid pair pan panel panels paragraph parameter parameters parent parse parser parsing part partial
partially participant participants partner partners pass passcode passed passkey password passwords past paste
path pattern pause paused pay payable payee payees paying payload payment payments payout payroll pdf peak penalty
pending pension people per percent percentage perform performance period permanent permanently permission
permissions permitted personal personalize personalized phone photo photos php physical pick pickup picture pie
pin pinch pinned pipeline pixel pixels place placed placeholder placement plan plans platform play playback player
playlist please plugin plural plus pm png point pointer points policies policy polyfill pool popover popular
popularity popup port portal portfolio portrait position possible postal posted postmessage posts precision prefer
preference preferences preferred prefix premium preorder preparing present presentation preset press pressed
preview previous previously pricing primary principal print printed printer printing priority privacy private
problem problems proceed process processed processing product production productivity products profile profiles
profit profits program progress progressing project projects promise promo promotion promotions prompt proof
properties property proportion proposal protect protected protection protocol prototype provide provided provider
proxy public publish published publisher publishing pull purchase purchased purchases push quality quantities
quantity quarter quarterly query question questions queue quick quickly quickstart quit quota quote radio random
range rangeerror ranking rate rated rates rating ratings raw reach reached react reactivate read readonly ready
realtime rearrange reason reasons rebate rebuild receipt receipts receive received recent recently recipient
recipients recommend recommendation recommendations recommended reconcile reconciled reconciliation reconnect
reconnecting record recorded recording recordings records recover recovery rectangle recurrence recurring
recursion redeem redemption redirect redo reduce refer reference referenced referenceerror referral refine refined
refresh refreshing refund refundable refunded refunds refused regenerate regex region register registered
registration regular reimbursement reject rejected rejection related relative release released releases relevant
reliability reload remain remaining remember remind reminder reminders remittance remote remove removed removing
rename renamed render rendered rendering renew renewal renewals rent reopen reopened reorder repair repeat replace
replaced replacement replay replied replies reply report reported reporting reports repository request requested
requesting requests require required requirement requirements requires rerun resend reservation reservations
reserve reset resetting resize resolution resolve resolved resource resources respective respond response
responses responsive restart restarting restock restore restored restoring restrict restricted resubmit result
results resume retail retailer retailers retention retries retrieve retry retrying return returned returning
returns revenue reverse revert review reviews revision revisions revoke revoked reward rewards ribbon right
roadmap role roles rollback rotate rotation rounded route router routing row rows rule rules run running runtime
safari safe salary sale sales same sample sandbox sat saturday save saved saving savings scale scan scanning
scenario schedule scheduled schedules schema scope score screen screens script scroll scrollbar scrolling sdk
search searchable searching second seconds secret secs section sections secure secured securities security see
seen segment segments select selected selecting selection selections selector seller semantic send sender sending
sensitive sent sentence sep separate separator sept september sequence serial serialize series server servers
service services session sessions set setting settings settlement setup seven several shadow shall shape share
shared shares sharing she sheet sheets ship shipment shipments shipped shipping shop shopping shortcut shortcuts
should shouldn't show showing shown shows shuffle side sidebar sign signature signed signin signing signout signup
similar simple simplified simulator simultaneous since site sites six size sizes skip sku slash slide slider slow
small smaller smart snapshot snippet snooze so social socket software sold solid solution some something sometimes
soon sorry sort sortable sorted sorting sound source sources space spam speaker special specific specification
specified specify speed spend spending spent spinner split spreadsheet sprint sql ssl ssn stack stacked staff
stage stale standard standing starred start started starting starts startup state statement statements static
statistic statistics stats status stay step stepper steps sticky still stock stop stopped storage store stored
stores stream strikethrough string stroke structure style styles stylesheet subcategory subfolder subject submenu
submission submit submitted submitting subscribe subscribed subscriber subscribers subscription subscriptions
subset subtitle subtitles subtotal success successful successfully such suffix suggest suggested suggestion
suggestions suitable sum summary sunday supplement supplier suppliers supplies support supported surcharge sure
survey surveys suspend suspended svg swap swipe switch switcher symbol sync synced synchronize syncing syntax
syntaxerror system systems tab table tables tablet tabs tabular tag tagged tags take tap target targets task tasks
tax taxable taxes team teammates teams technical telephone template templates temporarily temporary ten tender
term terminal terms test testing tests text textarea than thank thanks that that's the their them theme themes
then there there's these they they're think third this those thousand thread three threshold throttle throttled
through throw thrown thu thumbnail thumbnails thursday ticket tickets tile tiles time timeline timeout timer times
timestamp timezone timing tip tips title titles tls to toast today todo together toggle token tokens tomorrow too
tool toolbar tools tooltip top topic topics total totals touch tour trace traceback track tracked tracker tracking
trade trading traffic transaction transactions transcript transfer transferred transfers transit transition
translate translation transparency transparent trash treasury tree trend trends trial trigger troubleshoot true
trusted try trying tue tuesday turn turnover tutorial twice two txt type typed typeerror types typing typography
ui unable unarchive unassigned unauthorized unavailable unblock uncategorized uncaught unchanged uncheck unchecked
unclassified undefined under underline undo unexpected unfollow unfortunately unhandled uninstall unique unit
units unknown unlimited unlink unlock unlocked unmount unmute unnamed unnecessary unpaid unpin unpublish
unreachable unread unresolved unsaved unselect unsettled unstable unsubscribe unsupported until untitled unused up
upcoming update updated updates updating upgrade upgraded upload uploaded uploading uploads upper uppercase
upstream uptime uri url urls us usage use used user username users using usual utf utilities utility vacation
valid validate validation valuation value values variable variant variants vat vendor vendors verbose verification
verified verify verifying version versions vertical very via video videos view viewed viewer viewing viewport
views virtual visibility visible visit visited visitor visitors visual voice voicemail volume voucher vpn vs wait
waiting walkthrough wallet wallpaper want warehouse warn warning warnings was wasn't watch way we we'll we're
we've webhook webhooks webinar webpack website websites websocket wed wednesday week weekday weekend weekly weeks
weight welcome were weren't what what's when where which while who whole wholesale whom whose why widget widgets
width wifi window windows wire wish wishlist with withdraw withdrawal withdrawals withholding within without
wizard won't word words work worker workflow working workspace world worldwide would wouldn't wrap wrapping write
writing written wrong xls xlsx xml yaml year yearly years yes yesterday yet you you'll you're you've your yours
zero zip zone zoom zoomed
`;

export const interfaceWords: ReadonlySet<string> = new Set(sortedWords.trim().split(/\s+/));
