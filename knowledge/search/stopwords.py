"""German words that say nothing about what is meant: articles, pronouns, auxiliaries, connectives, question words.

`weg`, `los` and the like are left out on purpose: they are nouns of the field as well.
"""

_WORDS = """
der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner keines
dies diese diesen diesem dieser dieses jene jenen jenem jener jenes jede jeden jedem jeder jedes
manche manchen manchem mancher manches solche solchen solchem solcher solches welche welchen welchem welcher welches
derselbe dieselbe dasselbe denselben demselben derselben desselben dieselben
alle allen allem aller alles andere anderen anderem anderer anderes anders einige einigen einigem einiger einiges
ich du er sie es wir ihr mich dich ihn uns euch mir dir ihm ihnen sich selbst man
mein meine meinen meinem meiner meines dein deine deinen deinem deiner deines sein seine seinen seinem seiner seines
ihre ihren ihrem ihrer ihres unser unsere unseren unserem unserer unseres euer eure euren eurem eurer eures
bin bist ist sind seid war warst waren wart wäre wären gewesen
habe hast hat haben habt hatte hatten hattest hattet hätte hätten gehabt
werde wirst wird werden werdet wurde wurden würde würden worden geworden
kann kannst können könnt konnte konnten könnte könnten muss musst müssen müsst musste mussten müsste müssten
soll sollst sollen sollt sollte sollten will willst wollen wollt wollte wollten darf dürfen durfte dürfte
mag möchte möchten
und oder aber denn doch sondern weder noch sowie sowohl als wie wenn weil dass daß ob obwohl während bevor nachdem
in im ins an am ans auf aufs aus bei beim bis durch für gegen hinter mit nach neben ohne seit über um unter
von vom vor zu zum zur zwischen
nicht nichts nur auch schon sehr so mehr etwas viel viele wieder immer hier da dort dann nun jetzt also her hin
dabei dadurch dafür dagegen damit danach daran darauf daraus darin darüber darum darunter davon davor dazu
einmal zwar sonst ja nein
wer wen wem wessen was wann wo wohin woher warum weshalb wieso wieviel inwiefern inwieweit
wobei wodurch wofür wogegen womit wonach woran worauf woraus worin worüber worum worunter wovon wovor wozu
"""

STOP_WORDS = frozenset(_WORDS.split())
