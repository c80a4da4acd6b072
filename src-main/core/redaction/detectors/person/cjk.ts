import type { Finding } from '../finding';
import { matchAll } from '../match-all';

const chinese =
  '欧阳|司马|上官|诸葛|王|李|张|刘|陈|杨|黄|赵|吴|周|徐|孙|马|朱|胡|郭|何|林|罗|高|郑|梁|谢|宋|唐|许|韩|冯|邓|曹|彭|曾|肖|田|董|袁|潘|于|蒋|蔡|余|杜|叶|程|苏|魏|吕|丁|任|沈|姚|卢|姜|崔|钟|谭|陆|汪|范|金|石|廖|贾|夏|韦|付|方|白|邹|孟|熊|秦|邱|江|尹|薛|闫|段|雷|侯|龙|史|陶|黎|贺|顾|毛|郝|龚|邵|万|钱|严|覃|武|戴|莫|孔|向|汤|張|劉|陳|楊|黃|趙|吳|孫|馬|羅|鄭|謝|許|韓|馮|鄧|蕭|葉|蘇|盧|鍾';
const chineseGiven =
  '伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文华玉红建国志海云龙飞鹏婷雪梅宇浩然子轩梓涵欣怡佳琪俊晨思博雨晓东春辉峰斌鑫波慧颖琳玲丹萍琴凤莉莹倩薇瑞翔凯健康宁安乐美心怡诗宏达德成永福光亮振庆';
const japanese =
  '佐藤|鈴木|高橋|田中|伊藤|渡辺|渡邊|山本|中村|小林|加藤|吉田|山田|佐々木|山口|松本|井上|木村|斎藤|斉藤|清水|山崎|森|池田|橋本|阿部|石川|山下|中島|石井|小川|前田|岡田|長谷川|藤田|後藤|近藤|村上|遠藤|青木|坂本|福田|太田|西村|藤井|金子|岡本|藤原|三浦|中野|原田|松田|竹内|小野|田村|中山|和田|石田|上田|森田|原|柴田|酒井|工藤|横山|宮崎|内田|高木|安藤|谷口|大野|丸山|今井|高田|河野|藤本|村田|武田|上野|杉山|増田|平野|大塚|千葉|久保|松井|小島|岩崎|桜井|野口|松尾|木下|菊地|野村|新井|佐野|渡部';
const korean = '김이박최정강조윤장임한오서신권황안송류유홍전고문손양배백허남심노하곽성차주우구민진지엄원천방공';

const honorific = '(?:先生|女士|小姐|同学|老师|さん|様|さま|氏|君|ちゃん|先輩|社長|部長)';
const labelled =
  '(?:姓名|名字|收货人|收件人|联系人|客户|用户|氏名|お名前|名前|宛名|担当者?|이름|성명|고객명|받는 ?사람)[ :：]{1,3}';
const introduced = '(?:我叫|我是|我的名字是|你好[,，]?|您好[,，]?|尊敬的|私は|저는|제 이름은|안녕하세요[,.]? )';
const names = new RegExp(
  [
    `(?<=${labelled})[\\p{Script=Han}\\p{Script=Katakana}\\p{Script=Hiragana}ー々]{1,8}(?:[ ·・][\\p{Script=Han}\\p{Script=Katakana}\\p{Script=Hiragana}ー々]{1,8}){0,2}`,
    `(?<=${labelled})\\p{Script=Hangul}{2,5}`,
    `(?<=${introduced})(?:${chinese})\\p{Script=Han}{1,2}(?=[,，。.!！的 ]|$)`,
    `(?<=${introduced})(?:${japanese}) ?[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}]{0,3}?(?=です|と申|、|。|$)`,
    `(?:${japanese})(?:[ 　]?\\p{Script=Han}{1,3}?)?(?=${honorific})`,
    `(?:${japanese})[ 　](?:\\p{Script=Han}{1,3}|\\p{Script=Hiragana}{2,4}|\\p{Script=Katakana}{2,5})(?!\\p{Script=Han})`,
    `(?<!\\p{Script=Han})(?:${japanese})\\p{Script=Han}{1,2}(?:子|美|郎|太|介|香|奈|恵|樹|人|也|之|一|二|夫|雄|男|明|翔|斗|花|菜|央)?(?![\\p{Script=Han}])`,
    `(?:${chinese})(?:\\p{Script=Han}{0,2}?)(?=${honorific})`,
    `(?<!\\p{Script=Han})(?:${chinese})(?:[${chineseGiven}]{1,2}|[${chineseGiven}]\\p{Script=Han})(?!\\p{Script=Han})`,
    `(?:${chinese})[${chineseGiven}]{2}`,
    `(?<!\\p{Script=Hangul})[${korean}]\\p{Script=Hangul}{2}(?=(?:씨|님|군|양|선생님|고객님)(?!\\p{Script=Hangul})| (?:씨|님|고객님|선생님))`,
    `(?<=(?:저는|이름은) )[${korean}]\\p{Script=Hangul}{2}`,
  ].join('|'),
  'gu',
);
const hasCjk = /[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]/;
const plainWords =
  /^(?:王国|高中|高度|方法|方便|方向|安全|金额|金融|石油|白色|黄色|江南|马上|万一|周末|周一|周二|周三|周四|周五|周六|周日|于是|任何|何时|向上|成功|许可|余额|武器|严重|应该|文件|平安|文明|原因|原文|森林|青木原|고객님|이용자|이메일|주문자|회원님|사용자)/u;

/** Finds Chinese, Japanese and Korean names: a common surname before a given name or a title, and names after an introduction or a label. */
export function findCjkNames(text: string): Finding[] {
  if (!hasCjk.test(text)) return [];
  const found: Finding[] = [];
  for (const { 0: name, index } of matchAll(text, names))
    if (!plainWords.test(name)) found.push({ start: index, end: index + name.length, kind: 'person' });
  return found;
}
