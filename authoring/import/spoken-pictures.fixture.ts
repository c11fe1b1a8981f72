/**
 * Stems and options as people write them: what asks for something that is shown, and what speaks of such things in general, each parted by
 * bars. What is missed makes a question that nobody can answer, what is found in vain refuses one that is whole: both are added here.
 */
export const TEXTS: readonly { readonly by: string; readonly asks: string; readonly none: string }[] = [
  {
    by: '如图, 见图',
    asks: '如图所示|如图1所示|如图一|如上图|如左图|（如图）|如图，该设备|如题图所示|如以下图|标志见图，它的意思是|见下图：|（见图）|（见图1）|见附图|见插图|见题图|参见图2|参照图片|参考下图|对照图1|接线如图|图形如下|曲线如图',
    none: '按图施工|按施工图所示位置|按设计图所示|详见图纸|根据图纸施工|由图纸可知|从图纸中|企图破坏|试图中断|企图中止|图形符号',
  },
  {
    by: '下图, 上图, 左图',
    asks: '下图为禁止标志|下图标志的含义|下图所示|下图哪一个|如下图所示|上图中|上图所示|左图|左图所示|右图中|右图|左侧图片|右侧图|左边的图|下面的图|下面图片|下面这张图|下面这幅图|下面这个标志|下方图片|上面的图|上述图片|下列图片中|下列图标|下列图案|以下图片|以下图形|以下图中|哪张图|哪幅图|以下哪张图|哪张照片',
    none: '以下图纸哪种|以下图书哪本讲安全？|天下图书馆|下列图纸|哪张图纸|这张图纸|下列标志中哪一个|左侧车道|上面的设备|下方的人员|上方作业|左图右史',
  },
  {
    by: '图1, 图甲, 图中',
    asks: '图1中的标志是|（图1）|图1|图一|图2-1|图1-1所示|图(a)|图甲|图A|图①|图中标志|图中的标志|图中人员|图中做法|图中哪一项|图中有几处隐患|图中红色|图中A处|图中箭头|图为禁止标志|图是|图上标志|图里|指出图中的隐患|图所示|从图中可以看出|由图可知|由图可见|从图上看|根据图1|根据图中所示|根据图示|依据图2|图示标志|该图表示|此图|这张图是什么意思|本图所示|题图所示',
    none: '会看图纸|图样|地图|地图中的比例|制图|图纸会审|施工图中标注的尺寸|装配图中的尺寸|电气图中的虚线|零件图中的标注|图中央的字|识图时虚线表示|基本图形|标准图集|示意图的种类有|绘制电路图|平面布置图应包括|安全标志的图形',
  },
  {
    by: '图片, 照片, 漫画',
    asks: '图片中的设备|图片显示|根据图片判断|请看示意图|根据电路图，|接线图所示|平面图所示|根据附图所示|插图中|所给图片|给出的图片|所示图形|照片中的人|照片所示|这张照片|此照片|漫画反映|漫画所示|截图所示|截图中|（图片）|[图片]|[图]|【图】|（图略）|（附图）|(照片)',
    none: '照片应当清晰|照片上应盖章|证件照片|照片和视频|画出系统（图）|图例|插图画家|图书|漫画',
  },
  {
    by: '看图',
    asks: '看图，说出标志的名称|看图|请看图|看图选择|看图说话|请看图回答|仔细看图|看下图|观察图片|观察下图|观察图中',
    none: '看图纸|会看图|能看图的人',
  },
  {
    by: '视频, 录音',
    asks: '观看视频，回答|听下面的音频|听下面的录音，回答问题|听录音，说的是什么？|根据录音内容回答|根据下面的视频，选择|播放视频后回答|听力材料|视频中的工人|视频中所示|录音中提到|动画中的人|影片中出现',
    none: '组织观看视频后应当|录音设备|视频监控系统|监控视频中发现|录音中不得|视频会议',
  },
  {
    by: '下表, 附件',
    asks: '如下表所示|根据下表选择|下表中的数据|见附表|见附件|如附件1所示|附件中的数据|the table below',
    none: '下表面有裂纹|如下表面缺陷|梁的下表层|附件齐全|按附件的要求检验|安全附件包括|随机附件|如见附件的规定',
  },
  {
    by: 'a picture in English',
    asks: 'The figure shown above|as shown in the diagram|the following picture|See the picture|in the image|Refer to Figure 1|in the photograph|in the sketch|Fig. 3|in fig 2|figure (a)|Figure A|Exhibit A|Refer to the exhibit|see exhibit|see image below|Look at this picture|Study this photo|observe the image|consider the diagram|according to the figure|based on the picture|use the diagram|using the chart|The picture shows|This image depicts|the graph shows|the figure on the right|picture to the left|the left picture|the accompanying figure|which picture|Which of these pictures|which photo|Picture A|Image 1|Diagram 2|(picture)|[image]|(see picture)|pictured below|depicted above|as illustrated',
    none: 'a clear picture of safety|a figure of speech|the picture of health|according to the drawings|use the diagram in the manual|The drawings of the manufacturer|the figure of 50 kg|the chart of accounts|which diagram is a ladder diagram|take a photo|a photo of the scene|the right picture frame',
  },
  {
    by: 'a sign or a recording in English',
    asks: 'The sign below means|the following graph|What does this sign mean?|what is this symbol|This symbol means|this pictogram|the hazard shown below|the device shown.|the equipment pictured|the sign shown|Watch the video|Listen to the recording|after watching the video|Listen and choose|In the video, who|After hearing the recording',
    none: 'Which of the following signs|the label shown on the cylinder|A sign says STOP: what does it mean?|record the video|the recording of hours',
  },
];
